import type { Actor } from "#kernel/kernel.js";
import { policy, type Area, type Cell } from "./policy.js";

export interface Permission {
  readonly act: "read" | "write";
  readonly on: Area;
}

/** What one must be allowed to do: `may("write", "consent")`. */
export const may = (act: Permission["act"], on: Area): Permission => ({ act, on });

/** Deny by default. `shelter`: whose record it is, where a role may only see its own. */
export function allows(actor: Actor, { act, on }: Permission, { shelter }: { readonly shelter?: string | undefined } = {}): boolean {
  const cell = cellOf(actor.role, on);
  if (cell === "own") return actor.shelter !== undefined && actor.shelter === shelter;
  return cell === "write" || (cell === "read" && act === "read");
}

/** Roles and areas come from outside: only what the policy itself holds counts, never what an object inherits. */
function cellOf(role: string, on: string): Cell | undefined {
  const cells = Object.hasOwn(policy, role) ? (policy as Record<string, Partial<Record<string, Cell>>>)[role]! : {};
  return Object.hasOwn(cells, on) ? cells[on] : undefined;
}
