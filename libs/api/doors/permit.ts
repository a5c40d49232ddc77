import { v4 as uuidv4 } from "uuid";
import { allows, type Owner, type Permission } from "#access/decide.js";
import { access, recordDenial } from "#access/disclosure.js";
import { notAllowedOrUnknown } from "#platform/http/problem.js";
import { Change } from "#store/change.js";
import { isBegun } from "#store/states.js";
import { isAboutOne, type Call, type Operation } from "./operation.js";
import { requireId } from "../reads/reads.js";

/** The one decision before anything is done, by whatever door it was asked. @throws 404 where it is not allowed */
export async function permit(operation: Operation, call: Call): Promise<void> {
  if (isAboutOne(operation)) requireId(call.id);
  const { permission } = operation;
  if (permission === "anybody") return;
  const owner = ownerOf(operation, call);
  if (owner !== undefined && allows(call.actor, permission, owner)) return;
  await recordDenied(operation, permission, call);
  throw notAllowedOrUnknown();
}

/** Whose record a call is about. Undefined: nobody has declared it, so that nobody may. */
export function ownerOf(operation: Operation, { actor, id }: Call): Owner | undefined {
  if (isAboutOne(operation)) return operation.about?.belongsTo(id);
  // Whoever begins a record begins it for her own shelter.
  const own = operation.narrowed || (operation.kind === "mutation" && operation.created);
  return own ? { shelter: actor.shelter } : {};
}

/** Whoever asks in vain leaves a trace at the record, before the answer leaves. What names no record leaves none. */
export async function recordDenied({ name, about }: Operation, permission: Permission, { actor, id, services }: Call): Promise<void> {
  if (!about || !id || !isBegun(await services.changes.states.current(about.of, id))) return;
  await services.commands.execute(new Change(access, id, recordDenial, { ...permission, route: name }, actor, { commandId: uuidv4() }));
}
