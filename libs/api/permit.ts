import { v4 as uuidv4 } from "uuid";
import { allows, type Permission } from "#access/decide.js";
import { access, recordDenial } from "#access/disclosure.js";
import { notAllowedOrUnknown } from "#platform/problem.js";
import { Change } from "#store/change.js";
import { isAboutOne, type Call, type Operation } from "./operation.js";
import { requireId } from "./reads.js";

/** The one decision before anything is done, by whatever door it was asked. @throws 404 where it is not allowed */
export async function permit(operation: Operation, call: Call): Promise<void> {
  const { actor, id } = call;
  if (isAboutOne(operation)) requireId(id);
  const { permission } = operation;
  const owner = operation.ownedBy?.(id) ?? { shelter: actor.shelter };
  if (permission === "anybody" || allows(actor, permission, owner)) return;
  await recordDenied(operation, permission, call);
  throw notAllowedOrUnknown();
}

/** Whoever asks in vain leaves a trace at the record, before the answer leaves. What names no record leaves none. */
async function recordDenied({ name, about }: Operation, permission: Permission, { actor, id, services }: Call): Promise<void> {
  if (!about || (await services.changes.states.current(about, id)).revision < 0n) return;
  await services.commands.execute(new Change(access, id, recordDenial, { ...permission, route: name }, actor, { commandId: uuidv4() }));
}
