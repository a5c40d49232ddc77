import { ValidationPipe } from "@nestjs/common";
import type { Standing } from "#access/decide.js";
import type { Actor } from "#kernel/kernel.js";
import { idOf } from "#platform/values/ids.js";
import { invalid, malformedBody, notAllowedOrUnknown } from "#platform/http/problem.js";
import { bounds, unheld } from "#platform/values/values.js";
import { readEnvelope, type Names, type EnvelopeFields } from "./envelope.js";
import { isAboutOne, isChange, type Call, type Operation } from "./operation.js";
import { permit, recordingDenials, type Asking } from "./permit.js";
import { rememberValidations } from "./remembered-validations.js";
import { validationProblem } from "./problems.js";
import type { ApiServices } from "./services.js";

/** What somebody asks, as it came in, by REST or GraphQL: nothing of it has been looked at. */
export interface IncomingRequest {
  readonly actor: Actor;
  readonly id: string;
  readonly services: ApiServices;
  readonly input?: unknown;
  readonly envelopeFields: EnvelopeFields;
  /** Properties of the answer that are asked for, where less than all are. */
  readonly selected?: ReadonlySet<string>;
  /** What the protocol calls the parts of the envelope. */
  readonly names: Names;
  /** It was permitted when the request's head was read, before its body, to whoever stands so to the record. */
  readonly permitted?: Standing | undefined;
}

rememberValidations();
const validation = new ValidationPipe({
  whitelist: true,
  forbidNonWhitelisted: true,
  transform: true,
  validationError: { target: false, value: false },
  exceptionFactory: validationProblem,
});

/** The body of a change that needs none: any field is unknown. */
class Nothing {}

/**
 * Answers what is asked. Permission is decided before anything else is looked at, so that whoever may not do it makes nobody walk what
 * was sent; and what no request holds is refused before it is validated.
 */
export async function answered<A>(operation: Operation, asking: IncomingRequest, answer: (call: Call) => Promise<A>): Promise<A> {
  const { actor, services, envelopeFields, names, selected } = asking;
  const id = idOf(asking.id);
  const standing = asking.permitted ?? (await permitted(operation, asking));
  const envelope = readEnvelope(envelopeFields, names, new Date());
  const sent = isChange(operation) ? withoutBlanks(asking.input ?? {}) : (asking.input ?? {});
  const input = await readInput(operation.kind === "subscription" ? undefined : operation.input, sent);
  const leave = envelope.after === undefined ? undefined : services.waiting.take(actor.id);
  try {
    const call: Call = { actor, id, input, envelope, services, standing, ...(selected && { selected }) };
    return await services.damage.noting(
      // Whoever may change a record of that kind learns nothing by a change to one that is not there.
      isChange(operation) ? sending(operation, call, answer) : recordingDenials(operation, call, () => answer(call)),
    );
  } finally {
    leave?.();
  }
}

/** Makes a change; a draft that was sent with it is gone once it is made, and stays where it is refused. */
async function sending<A>(operation: Operation, call: Call, answer: (call: Call) => Promise<A>): Promise<A> {
  const { actor, id, envelope, services } = call;
  const made = await answer(call);
  if (envelope.draft) {
    const place = { author: actor.id, operation: operation.name, record: isAboutOne(operation) ? id : null };
    // The change is made: that its draft is still there for a while says nothing else.
    await services.drafts.sent(envelope.draft, place).catch(() => undefined);
  }
  return made;
}

/** Answers how the caller stands to the record. @throws 404 where it is not allowed */
export async function permitted(operation: Operation, { actor, id, services }: Asking): Promise<Standing> {
  const asking = { actor, id: idOf(id), services };
  try {
    return await recordingDenials(operation, asking, () => permit(operation, asking));
  } catch (error) {
    // Where her own record of it is damaged, she is told no more than anybody.
    throw services.damage.note(error) ? notAllowedOrUnknown() : error;
  }
}

/** What forms send of a field that nobody has filled in is no value: it is as if `null` had been sent. Walks no deeper than requests go. */
export function withoutBlanks(value: unknown, depth = bounds.depth): unknown {
  if (typeof value === "string") return value.trim() === "" ? null : value;
  if (typeof value !== "object" || value === null || depth === 0) return value;
  if (Array.isArray(value)) return value.length > bounds.items ? value : value.map((each) => withoutBlanks(each, depth - 1));
  const fields = Object.entries(value);
  if (fields.length > bounds.fields) return value;
  return Object.fromEntries(fields.map(([name, each]) => [name, withoutBlanks(each, depth - 1)]));
}

/** A request of this class, from what was sent. @throws 400 that names each field */
export async function readInput(request: (new () => object) | undefined, input: unknown): Promise<object> {
  if (typeof input !== "object" || input === null || Array.isArray(input)) throw malformedBody();
  const errors = unheld(input);
  if (errors.length > 0) throw invalid(errors);
  return (await validation.transform(input, { type: "body", metatype: request ?? Nothing })) as object;
}
