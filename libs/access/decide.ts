import type { Actor } from "#kernel/kernel.js";
import { policy, type Area, type Cell } from "./policy.js";

export interface Permission {
  readonly act: "read" | "write";
  readonly on: Area;
}

/** What one must be allowed to do: `may("write", "consent")`. */
export const may = (act: Permission["act"], on: Area): Permission => ({ act, on });

/** Whose record it is, where a role may only see its own. */
export interface Owner {
  readonly shelter?: string | undefined;
}

/** Deny by default. */
export function allows(actor: Actor, { act, on }: Permission, { shelter }: Owner = {}): boolean {
  const atHome = Boolean(actor.shelter) && actor.shelter === shelter;
  switch (cellOf(actor.role, on)) {
    case "write":
      return act === "read" || act === "write";
    case "read":
      return act === "read";
    case "own":
      return atHome && (act === "read" || act === "write");
    case "own-read":
      return atHome && act === "read";
    default:
      return false;
  }
}

/** Roles and areas come from outside: only what the policy itself holds counts, never what an object inherits. */
function cellOf(role: string, on: string): Cell | undefined {
  const cells: Partial<Record<string, Cell>> = Object.hasOwn(policy, role) ? policy[role as keyof typeof policy] : {};
  return Object.hasOwn(cells, on) ? cells[on] : undefined;
}
