import type { Actor } from "#kernel/kernel.js";
import type { Area } from "./areas.js";
import { policy, type Cell } from "./policy.js";

export interface Permission {
  readonly act: "read" | "write";
  readonly on: Area;
}

/** What one must be allowed to do: `may("write", "consent")`. */
export const may = (act: Permission["act"], on: Area): Permission => ({ act, on });

/** Of records that are no shelter's: whoever's cell says so may, also one that is for a role's own shelter only. */
export const whoever = "whoever's cell says so";

/** Whose record it is: a shelter's; or, declared in so many words, anyone's. Nothing said: nobody's, which no cell for one's own opens. */
export type Owner = { readonly shelter?: string | undefined } | typeof whoever;

/** Deny by default. */
export function allows(actor: Actor, { act, on }: Permission, owner: Owner = {}): boolean {
  const own = owner === whoever || (Boolean(actor.shelter) && actor.shelter === owner.shelter);
  switch (cellOf(actor.role, on)) {
    case "write":
      return act === "read" || act === "write";
    case "read":
      return act === "read";
    case "own":
      return own && (act === "read" || act === "write");
    case "own-read":
      return own && act === "read";
    default:
      return false;
  }
}

/** Roles and areas come from outside: only what the policy itself holds counts, never what an object inherits. */
function cellOf(role: string, on: string): Cell | undefined {
  const cells: Partial<Record<string, Cell>> = Object.hasOwn(policy, role) ? policy[role as keyof typeof policy] : {};
  return Object.hasOwn(cells, on) ? cells[on] : undefined;
}
