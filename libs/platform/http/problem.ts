/** One wrong field of a request. */
export interface FieldError {
  readonly field: string;
  readonly code: string;
  readonly message: string;
}

/** RFC 9457 problem details, with a stable `code`. Never holds a personal value. */
export interface Problem {
  /** `/problems/<code>`. */
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly code: string;
  /** What to do next. */
  readonly detail: string;
  readonly errors?: readonly FieldError[];
  readonly [extension: string]: unknown;
}

/** A problem on its way to the caller. */
export class ProblemError extends Error {
  constructor(
    readonly problem: Problem,
    /** Seconds after which a try makes sense: becomes `Retry-After`. */
    readonly retryAfter?: number,
  ) {
    super(problem.title);
  }
}

const problem = (status: number, code: string, title: string, detail: string, more: object = {}): ProblemError =>
  new ProblemError({ type: `/problems/${code}`, title, status, code, detail, ...more }, (more as { retryAfter?: number }).retryAfter);

/** The request's fields are not as they must be; each is named. */
export const invalid = (errors: readonly FieldError[]): ProblemError =>
  problem(400, "RequestInvalid", "The request is not valid", "Correct the fields named in `errors` and send it again.", { errors });

/** A header, parameter or argument that cannot be read. */
export const malformed = (name: string, expected: string): ProblemError =>
  problem(400, "RequestMalformed", `${name} cannot be read`, `${name} must be ${expected}.`, {
    errors: [{ field: name, code: "malformed", message: `must be ${expected}` }],
  });

/** A body that is no JSON. */
export const malformedBody = (): ProblemError =>
  problem(400, "BodyMalformed", "The body is not valid JSON", "Send a JSON object with the fields that the OpenAPI document names.");

/** Whoever signs in is told that it was the password or the name, and not which of them. */
export const wrongPassword = (): ProblemError =>
  problem(
    401,
    "PasswordWrong",
    "The user name or the password is wrong",
    "Type both again; after some wrong ones you have to wait a minute.",
  );

export const unauthenticated = (code: "TokenMissing" | "TokenExpired" | "TokenInvalid"): ProblemError =>
  problem(401, code, "Sign in first", "Send a valid access token as `Authorization: Bearer ...`; get a new one from the issuer.");

/** Somebody has signed in, and may not act here, or not so. */
export const notAdmitted = (code: "NotAMember" | "MembershipEnded" | "OrganisationIsSuspended" | "RoleNotHeld"): ProblemError =>
  problem(403, code, admissionWords[code][0], admissionWords[code][1]);
const admissionWords = {
  NotAMember: ["You are none of the people here", "Ask an administrator of your organisation for an invitation."],
  MembershipEnded: ["You no longer work here", "Ask an administrator of your organisation."],
  OrganisationIsSuspended: ["Your organisation may not work here for now", "Ask an administrator of the organisation that took it in."],
  RoleNotHeld: ["You do not hold this role", "Leave `Acting-As` out, or name a role that `/v1/me` lists."],
} as const;

/** What she followed was told to her as what she was then. */
export const membershipChanged = (): ProblemError =>
  problem(401, "MembershipChanged", "Your roles here have changed", "Ask again: what you may see is decided anew.");

/** Unknown, or not for this person: the answer is the same, so that nobody learns that a record exists. */
export const notAllowedOrUnknown = (): ProblemError =>
  problem(404, "NotFound", "There is nothing here for you", "Check the id, and whether your role may do this.");

/** The address is one of ours, and is asked otherwise. `allowed`: how. */
export const methodNotAllowed = (allowed: readonly string[]): ProblemError =>
  problem(405, "MethodNotAllowed", "This address is not asked so", `Ask it by ${allowed.join(" or ")}; the OpenAPI document says how.`, {
    allowed,
  });

/** A record has not so many facts. `last`: the revision of its last. */
export const beyondTheEnd = (last: number): ProblemError =>
  problem(404, "BeyondTheEnd", "The record has not come so far", "Ask for a revision up to `last`.", { last });

/** A record had not begun then. `begun`: when it did. */
export const beforeTheBeginning = (begun: string): ProblemError =>
  problem(404, "BeforeTheBeginning", "The record had not begun then", "Ask for an instant from `begun` on.", { begun });

/** She may do this, but not say something about these fields. Their names stand in the OpenAPI document. */
export const fieldsNotAllowed = (fields: readonly string[]): ProblemError =>
  problem(
    403,
    "FieldNotAllowed",
    "Your role may not write some of these fields",
    "Leave the fields named in `errors` out: they stay as they are.",
    {
      errors: fields.map((field) => ({ field, code: "notAllowed", message: `${field} is not for your role to write or to remove` })),
    },
  );

/** What would be replaced must have been read: otherwise what somebody else recorded meanwhile would be lost. */
export const revisionRequired = (): ProblemError =>
  problem(
    428,
    "RevisionRequired",
    "This replaces what is on record",
    "Read the record, and send the revision that you read as `If-Match` (GraphQL: `revision`), with the whole of what it now says.",
  );

/** A rule said no. `code` is the rule's own. */
export const refused = (code: string, detail: Readonly<Record<string, unknown>>): ProblemError =>
  problem(409, code, words(code), notAsThingsStand, { reasons: detail });

export const notAsThingsStand = "The record's rules do not allow it as things stand.";

/** Asked of the system itself, and it cannot be done as things stand. `detail` says what to do. */
export const conflict = (code: string, detail: string): ProblemError => problem(409, code, words(code), detail);

export const contended = (): ProblemError =>
  problem(409, "TooContended", "Others kept changing this record", "Nothing was changed. Send the same request again.");

export const stale = (revision: number): ProblemError =>
  problem(412, "StaleRevision", "The record has changed since you read it", "Read it again, decide again, and send its present revision.", {
    revision,
  });

export const tooLarge = (): ProblemError =>
  problem(413, "BodyTooLarge", "The request is too large", "Send less at once; documents do not belong into a record.");

/** What is written in a form, and kept for later. `most`: bytes. */
export const draftTooLarge = (most: number): ProblemError =>
  problem(413, "DraftTooLarge", "The draft is too large", "Keep at most `most` bytes in one: send the change, or write less.", { most });

/** A document that is sent. `most`: bytes. */
export const documentTooLarge = (most: number): ProblemError =>
  problem(413, "DocumentTooLarge", "The document is too large", "Send at most `most` bytes: make it smaller, or send it in parts.", {
    most,
  });

/** A document is on record, and its bytes are gone or were changed in the store. */
export const documentDamaged = (): ProblemError =>
  problem(
    500,
    "DocumentBytesDamaged",
    "The store of documents has lost or changed this document",
    "Tell the operators the code, the time and the request id: only they can restore it.",
  );

/** The request was begun, and not finished in time. */
export const tooSlow = (): ProblemError =>
  problem(408, "RequestTooSlow", "The request was not finished in time", "Send the same request with the same key again.");

export const unsupportedMediaType = (): ProblemError =>
  problem(415, "MediaTypeUnsupported", "Only JSON is understood", "Send `Content-Type: application/json`.");

/** A document is sent otherwise than a document is. */
export const unsupportedForm = (): ProblemError =>
  problem(415, "MediaTypeUnsupported", "Only a form is understood", "Send `Content-Type: multipart/form-data`, the file last.");

export const keyReused = (): ProblemError =>
  problem(422, "KeyReused", "This key belongs to another request", "Use a new Idempotency-Key for every new change.");

export const tooMany = (seconds: number): ProblemError =>
  problem(429, "TooManyRequests", "Too many requests", "Wait for `Retry-After` seconds, then go on more slowly.", { retryAfter: seconds });

export const unavailable = (): ProblemError =>
  problem(
    503,
    "Unavailable",
    "Part of the system is away",
    "Send the same request again after `Retry-After` seconds, a change with the same key: nothing is half done.",
    {
      retryAfter: 2,
    },
  );

/** The view has not yet reached the position that the caller must see. */
export const notYetConsistent = (): ProblemError =>
  problem(
    503,
    "NotYetConsistent",
    "The answer would be older than you need",
    "Ask again after `Retry-After` seconds, or without `Consistent-After`.",
    {
      retryAfter: 1,
    },
  );

/** GraphQL answers only operations that its operator has listed. */
export const unlistedOperation = (): ProblemError =>
  problem(
    403,
    "OperationNotListed",
    "This GraphQL operation is not listed here",
    "Name a listed one by `extensions.persistedQuery.sha256Hash`, or have the operator of this server list it.",
  );

export const erased = (): ProblemError =>
  problem(409, "SubjectErased", "This person's data was erased", "Nothing personal can be recorded about this person any more.");

const restore = "Sending it again does not help. Tell the operators the code, the time and the request id: only they can restore it.";

/** What the event store held of a record, or of the record of who saw it (`access`), was removed there. `reason`: how. */
export const recordDestroyed = (record: string, reason: string): ProblemError =>
  problem(
    500,
    "RecordDestroyed",
    record === "access"
      ? "Nothing personal can be opened: it could not be recorded who saw it"
      : "This record was destroyed in the event store",
    `What was stored of it was ${reason}. Nothing begins it anew. ${restore}`,
    { record, reason },
  );

/** A record holds something that this program does not know: a stranger wrote it, or a newer version of the program. */
export const recordUnreadable = (record: string): ProblemError =>
  problem(
    500,
    "RecordUnreadable",
    "This record holds something that this version of the program cannot read",
    `Nothing is decided or told of a record that is not understood whole. ${restore}`,
    { record },
  );

export const unexpected = (): ProblemError =>
  problem(500, "Unexpected", "Something went wrong on our side", "Tell the operators the time and the request id; the log has the rest.");

/** `ChildCannotConsentAlone` -> `Child cannot consent alone`. */
const words = (code: string): string => {
  const text = code.replaceAll(/(?<=[a-z])[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
  return text[0]!.toUpperCase() + text.slice(1);
};
