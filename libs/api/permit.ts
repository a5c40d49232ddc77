import { v4 as uuidv4 } from "uuid";
import type { Permission } from "#access/decide.js";
import { access, recordDenial } from "#access/disclosure.js";
import { Change } from "#store/change.js";
import type { Call, Operation } from "./operation.js";

/** Whoever asks in vain leaves a trace at the record, before the answer leaves. What names no record leaves none. */
export async function recordDenied({ name, about }: Operation, permission: Permission, { actor, id, services }: Call): Promise<void> {
  if (!about || (await services.changes.states.current(about, id)).revision < 0n) return;
  await services.commands.execute(new Change(access, id, recordDenial, { ...permission, route: name }, actor, { commandId: uuidv4() }));
}
