import { allows, may, whoever, type Standing } from "#access/decide.js";
import { fieldsSent } from "#access/personal.js";
import { Refusal } from "#kernel/kernel.js";
import { draftTooLarge, invalid, malformed, notAllowedOrUnknown, type FieldError } from "#platform/http/problem.js";
import { requireFieldsAllowed } from "../changes/changes.js";
import { permitted } from "../operations/incoming.js";
import { isAboutOne, type Answered, type Call, type Operation } from "../operations/operation.js";
import { ownerOf, permittedSilently } from "../operations/permit.js";
import { innerOf, rulesOf } from "../operations/schema.js";
import { DiscardDraft, Draft, DraftsParameters, KeepDraft } from "./answers.js";
import { draftDays, mostDrafts, type KeptDraft } from "./draft-store.js";
import { authorsSubject, derivedId, isErased, openedDraft, sealedDraft } from "./sealing.js";

/** A change of which there may be drafts. */
type Drafted = Answered & { readonly input: new () => object };

/** So long what is written may be, bytes of JSON. */
const mostBytes = 100_000;
const day = 86_400_000;

/**
 * What somebody has typed and not sent, kept for her alone: put, listed, read and discarded. What she may no longer do, she reads no draft of
 * any more. `operations`: all changes there are.
 */
export function draftsOf(operations: readonly Operation[]): Operation[] {
  const known = new Map(operations.flatMap((each) => (isDrafted(each) ? [[each.name, each] as const] : [])));
  const shared = { tag: "drafts", permission: "anybody" as const, returns: Draft };
  const unknown = { 404: ["NotFound"] };
  return [
    {
      ...{ ...shared, name: "keepDraft", kind: "mutation", path: "/drafts/{id}/keep-draft", input: KeepDraft },
      summary: "keep what is written and not sent, under an id of one's own making",
      problems: {
        ...{ ...unknown, 403: ["FieldNotAllowed"], 413: ["DraftTooLarge"] },
        409: ["DraftConflict", "SubjectErased", "TooManyDrafts"],
      },
      run: (call) => keep(known, call),
    },
    {
      ...{ ...shared, name: "discardDraft", kind: "mutation", path: "/drafts/{id}/discard-draft", input: DiscardDraft },
      summary: "remove a draft",
      problems: unknown,
      run: async (call) => {
        const { draft } = await hers(known, call);
        await call.services.drafts.remove(draft.id, draft.author);
        return { body: told(draft, null) };
      },
    },
    {
      ...{ ...shared, name: "drafts", kind: "query", path: "/drafts", input: DraftsParameters, list: true },
      summary: "what one has written and not sent, the newest first",
      run: (call) => list(known, call),
    },
    {
      ...{ ...shared, name: "draft", kind: "query", path: "/drafts/{id}", summary: "one of them, with what is written", problems: unknown },
      run: async (call) => {
        const { draft, body } = await hers(known, call);
        return { body: told(draft, body), revision: BigInt(draft.revision) };
      },
    },
  ];
}
type Known = ReadonlyMap<string, Drafted>;

const isDrafted = (each: Operation): each is Drafted =>
  each.kind === "mutation" && each.input !== undefined && rulesOf(each.input).size > 0;

const told = ({ id, operation, record, revision, changedAt }: KeptDraft, body: object | null): Draft => ({
  ...{ id, operation, record, revision, reference: `${id}/${revision}`, body },
  changedAt: changedAt.toISOString(),
  expiresAt: new Date(changedAt.getTime() + draftDays * day).toISOString(),
});

/** Whoever may do it now may keep what she writes of it. Of two windows neither overwrites what the other has kept. */
async function keep(known: Known, call: Call) {
  const { actor, id, services, envelope } = call;
  const { operation: name, record, body } = call.input as KeepDraft;
  const operation = known.get(name);
  if (!operation) throw malformed("operation", "the name of a change that has a form");
  if (isAboutOne(operation) !== (record !== undefined))
    throw malformed("record", isAboutOne(operation) ? "given" : "left out, since one is to be begun");
  const asking = { actor, id: record ?? "", services };
  const standing = await permitted(operation, asking);
  const unknown = unknownIn(operation.input, body, "body");
  if (unknown.length > 0) throw invalid(unknown.slice(0, 20));
  await requireFieldsAllowed(operation, operation.input, { ...call, id: asking.id, input: body, standing });
  if (Buffer.byteLength(JSON.stringify(body)) > mostBytes) throw draftTooLarge(mostBytes);
  const { seal, drafts } = services;
  const subject = await subjectOf(operation, asking);
  const place = { author: actor.id, operation: name, record: record ?? null, subject };
  const digest = await seal.fingerprint({ ...place, body }, subject);
  const begun = (of: string) => sealedDraft(seal, { ...place, id: of, revision: 1, digest }, body);
  const expected = envelope.revision;
  const isKept =
    expected === undefined
      ? await drafts.begin(await begun(id))
      : await drafts.replace(await sealedDraft(seal, { ...place, id, revision: Number(expected) + 1, digest }, body));
  const there = await drafts.find(id, actor.id);
  if (there && (isKept || there.digest === digest)) return { body: told(there, body), revision: BigInt(there.revision) };
  // What was written elsewhere meanwhile stays, and so does what comes now: beside it, and the same where it is sent again.
  const beside = derivedId(actor.id, id, digest);
  await drafts.begin(await begun(beside));
  if (!(await drafts.find(beside, actor.id))) throw new Refusal("TooManyDrafts", { most: mostDrafts });
  throw new Refusal("DraftConflict", { revision: there?.revision ?? null, keptAs: beside });
}

/** Under whose key it is sealed: hers whom the record is about; where there is nobody yet, its author's. */
async function subjectOf(operation: Drafted, { actor, id, services }: Pick<Call, "actor" | "id" | "services">): Promise<string> {
  if (!operation.about || !isAboutOne(operation)) return authorsSubject(actor.id);
  const { state, revision } = await services.changes.states.current(operation.about.of, id);
  if (revision < 0n) throw notAllowedOrUnknown();
  return operation.about.subject(state) || authorsSubject(actor.id);
}

/** The fields that a change has not. What stands in them is never said back. */
function unknownIn(request: new () => object, body: object, path: string): FieldError[] {
  const rules = rulesOf(request);
  return Object.entries(body).flatMap(([name, value]) => {
    const field = `${path}.${name.slice(0, 100)}`;
    if (!rules.has(name)) return [{ field, code: "whitelistValidation", message: "the change has no such field" }];
    const inner = innerOf(request, name, rules.get(name)!);
    const nested = [value].flat().filter((each): each is object => typeof each === "object" && each !== null);
    return inner ? nested.flatMap((each) => unknownIn(inner, each, field)) : [];
  });
}

/** How she stands to what a draft is of, if she may still do that; null: she may not. */
async function standingOf(operation: Drafted, draft: KeptDraft, { actor, services }: Call): Promise<Standing | null> {
  try {
    return await permittedSilently(operation, { actor, id: draft.record ?? "", services });
  } catch (error) {
    if (services.damage.note(error)) return null;
    throw error;
  }
}

/** Her own draft, opened. @throws 404 where it is not hers, no longer for her, or of somebody who was erased */
async function hers(known: Known, call: Call): Promise<{ draft: KeptDraft; body: object }> {
  const { actor, id, services } = call;
  const draft = await services.drafts.find(id, actor.id);
  const operation = draft && known.get(draft.operation);
  const standing = operation && (await standingOf(operation, draft, call));
  if (!standing) throw notAllowedOrUnknown();
  const body = await openedDraft(services.seal, draft);
  if (!body) await services.drafts.remove(draft.id, draft.author);
  if (!body || !maySay(operation, draft, body, standing, call)) throw notAllowedOrUnknown();
  return { draft, body };
}

/** May she still write everything that stands in it? */
function maySay(operation: Drafted, { record }: KeptDraft, body: object, standing: Standing, { actor }: Call): boolean {
  const owner = operation.opening ? whoever : (ownerOf(operation, { actor, id: record ?? "" }) ?? {});
  return fieldsSent(operation.input, body).every(([, dataClass]) => allows(actor, may("write", dataClass), owner, standing));
}

async function list(known: Known, call: Call) {
  const { actor, services } = call;
  const asked = call.input as DraftsParameters;
  const all = (await services.drafts.of(actor.id)).filter(
    ({ operation, record }) => operation === (asked.operation ?? operation) && record === (asked.record ?? record),
  );
  const shown = await Promise.all(
    all.map(async (draft) => {
      const operation = known.get(draft.operation);
      if (!operation || !(await standingOf(operation, draft, call))) return [];
      return (await isErased(services.seal, draft.subject)) ? [] : [told(draft, null)];
    }),
  );
  return { body: shown.flat() };
}
