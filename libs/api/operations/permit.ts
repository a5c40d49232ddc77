import { v4 as uuidv4, v5 as uuidv5 } from "uuid";
import { allows, type Owner, type Permission } from "#access/decide.js";
import { denials, recordDenial } from "#access/denials.js";
import { dayOf } from "#kernel/in-time.js";
import { notAllowedOrUnknown, ProblemError } from "#platform/http/problem.js";
import { Change } from "#store/change.js";
import { isAboutOne, type Call, type Operation } from "./operation.js";
import { requireId } from "../reads/reads.js";

/** The one decision before anything is done, by whichever protocol it was asked. @throws 404 where it is not allowed */
export function permit(operation: Operation, call: Call): void {
  if (isAboutOne(operation)) requireId(call.id);
  const { permission } = operation;
  if (permission === "anybody") return;
  const owner = ownerOf(operation, call);
  if (owner === undefined || !allows(call.actor, permission, owner)) throw notAllowedOrUnknown();
}

/** Whose record a call is about. Undefined: nobody has declared it, so that nobody may. */
export function ownerOf(operation: Operation, { actor, id }: Call): Owner | undefined {
  if (isAboutOne(operation)) return operation.about?.belongsTo(id);
  // Whoever begins a record begins it for her own shelter.
  const own = operation.narrowed || (operation.kind === "mutation" && operation.created);
  return own ? { shelter: actor.shelter } : {};
}

/** What is answered where a record is not there, or not for whoever asks. */
const isInVain = (error: unknown): boolean => error instanceof ProblemError && error.problem.code === "NotFound";

/** Does this; where the answer is that there is nothing here for whoever asks, that is recorded before the answer leaves. */
export async function recordingDenials<A>(operation: Operation, call: Call, work: () => A | Promise<A>): Promise<A> {
  try {
    return await work();
  } catch (error) {
    if (isInVain(error) && operation.permission !== "anybody") await recordDenied(operation, operation.permission, call);
    throw error;
  }
}

/** Namespace of the streams of those who asked in vain. */
const namespace = "0d6f2a52-6f0b-5a39-9d3c-5a5d0a6a4f11";

/** Over so many streams a day is what somebody asks in vain spread: a query with many fields would otherwise wait for each in turn. */
const streamsADay = 32;

/**
 * What names no record is not recorded. A stream of her own for each day, whether the record is there or not: it is appended to at the same
 * cost, and stays short.
 */
export async function recordDenied({ name, about }: Operation, permission: Permission, { actor, id, services }: Call): Promise<void> {
  if (!about || !id) return;
  const { clock, zone } = services.changes;
  const stream = uuidv5(`${actor.id}|${dayOf(clock().toISOString(), zone)}|${Math.floor(Math.random() * streamsADay)}`, namespace);
  const denied = { ...permission, kind: about.of.name, record: id, route: name };
  await services.commands.execute(new Change(denials, stream, recordDenial, denied, actor, { commandId: uuidv4() }));
}
