import { setTimeout as pause } from "node:timers/promises";
import { v4 as uuidv4, v5 as uuidv5 } from "uuid";
import { allows, roleAllows, unrelated, whoever, type Owner, type Permission, type Standing } from "#access/decide.js";
import { denials, recordDenial } from "#access/denials.js";
import type { Aggregate } from "#kernel/kernel.js";
import { dayOf } from "#kernel/in-time.js";
import { notAllowedOrUnknown, ProblemError } from "#platform/http/problem.js";
import { Change } from "#store/change.js";
import { isAboutOne, isChange, type Call, type Operation } from "./operation.js";
import { requireId } from "../reads/reads.js";

/** What is needed to decide. */
export type Asking = Pick<Call, "actor" | "id" | "services">;

/**
 * The one decision before anything is done, by whichever protocol it was asked. Answers how the caller stands to the record.
 * @throws 404 where it is not allowed, or there is no such record
 */
export async function permit(operation: Operation, asking: Asking): Promise<Standing> {
  const { actor, id, services } = asking;
  if (isAboutOne(operation)) requireId(id);
  const { permission, about } = operation;
  if (permission === "anybody") return unrelated;
  const owner = ownerOf(operation, asking);
  if (owner === undefined || !roleAllows(actor, permission, owner)) throw notAllowedOrUnknown();
  if (!isAboutOne(operation) || !about || !services.standings.concerns(about.of)) return unrelated;
  await operation.opening?.gate(asking);
  const since = performance.now();
  const standing = await standingFor(operation, about.of, asking);
  if (standing && allows(actor, permission, operation.opening ? whoever : owner, standing)) return standing;
  // Beforehand, so that whatever is recorded of it takes its time within.
  await Promise.all([recordDenied(operation, permission, asking), services.standings.evenOut(about.of, standing !== null)]);
  await untilNothingIsTold(since);
  throw new RecordedDenial();
}

/** How she stands to the record, if she may do it; null: she may not. Nothing is done or recorded: she asks for something of her own. */
export async function permittedSilently(operation: Operation, asking: Asking): Promise<Standing | null> {
  const { permission, about } = operation;
  if (permission === "anybody") return unrelated;
  const owner = ownerOf(operation, asking);
  if (owner === undefined || !roleAllows(asking.actor, permission, owner)) return null;
  if (!isAboutOne(operation) || !about || !asking.services.standings.concerns(about.of)) return unrelated;
  const standing = await standingFor(operation, about.of, asking);
  return standing && allows(asking.actor, permission, operation.opening ? whoever : owner, standing) ? standing : null;
}

/** How she stands to the record; null: there is none for her. */
async function standingFor(operation: Operation, of: Aggregate<any, any>, { actor, id, services }: Asking): Promise<Standing | null> {
  const { opening } = operation;
  if (!opening) return services.standings.of(of, id, actor, isChange(operation));
  const isOpen = await services.standings.isSo(of, id, opening.isOpen);
  const standing = await services.standings.of(of, id, actor);
  return isOpen ? standing : null;
}

/** Milliseconds. What is refused because of how one stands to a record is answered at the end of such a span, and not when it is known. */
const span = 50;

/** Whether there is a record that one may not see must not be told by how long the answer takes. */
export async function untilNothingIsTold(since: number): Promise<void> {
  const taken = performance.now() - since;
  await pause(span * Math.ceil((taken + 1) / span) - taken);
}

/** It is on record already. */
class RecordedDenial extends ProblemError {
  constructor() {
    super(notAllowedOrUnknown().problem);
  }
}

/** Whose record a call is about. Undefined: nobody has declared it, so that nobody may. */
export function ownerOf(operation: Operation, { actor, id }: Pick<Call, "actor" | "id">): Owner | undefined {
  if (isAboutOne(operation)) return operation.about?.belongsTo(id);
  // Whoever begins a record begins it for herself: a manager registers her house before she has one.
  if (operation.kind === "mutation" && operation.created) return whoever;
  return operation.narrowed ? { shelter: actor.shelter } : {};
}

/** What is answered where a record is not there, or not for whoever asks. */
const isInVain = (error: unknown): boolean =>
  error instanceof ProblemError && error.problem.code === "NotFound" && !(error instanceof RecordedDenial);

/** Does this; where the answer is that there is nothing here for whoever asks, that is recorded before the answer leaves. */
export async function recordingDenials<A>(operation: Operation, asking: Asking, work: () => A | Promise<A>): Promise<A> {
  try {
    return await work();
  } catch (error) {
    if (isInVain(error) && operation.permission !== "anybody") await recordDenied(operation, operation.permission, asking);
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
export async function recordDenied({ name, about }: Operation, { act, on }: Permission, { actor, id, services }: Asking): Promise<void> {
  if (!about || !id) return;
  const { clock, zone } = services.changes;
  const stream = uuidv5(`${actor.id}|${dayOf(clock().toISOString(), zone)}|${Math.floor(Math.random() * streamsADay)}`, namespace);
  const denied = { act, on, kind: about.of.name, record: id, route: name };
  await services.commands.execute(new Change(denials, stream, recordDenial, denied, actor, { commandId: uuidv4(), unread: true }));
}
