import type { Actor } from "#kernel/kernel.js";
import type { Area } from "./areas.js";
import { cellOf } from "./cells.js";
import { purposeOf, type OfPurpose, type Purposes } from "./purpose.js";

export interface Permission {
  readonly act: "read" | "write";
  readonly on: Area;
  /** What it is asked for; whoever acts for none of these may not. Not said: decided already, such as of a field of what she was let into. */
  readonly purposes?: Purposes;
}

/** What an operation asks for: with its purposes. */
export interface OperationPermission extends Permission {
  readonly purposes: Purposes;
}

/** What one must be allowed to do: `may("write", "consent")`; `may("read", "case", "CaseManagement", "Oversight")`: for one of these purposes. */
export function may(act: Permission["act"], on: Area): Permission;
export function may(act: Permission["act"], on: Area, ...purposes: Purposes): OperationPermission;
export function may(act: Permission["act"], on: Area, ...purposes: OfPurpose[]): Permission {
  return { act, on, ...(purposes.length > 0 && { purposes: purposes as unknown as Purposes }) };
}

/** Of records that are no shelter's: whoever's cell says so may, also one that is for a role's own shelter only. */
export const whoever = "whoever's cell says so";

/** Of records that are about a person: whoever's cell says so may, if she stands in a relation to this very record. */
export const related = "whoever stands in a relation to it";

/** Whose record it is: a shelter's; or, declared in so many words, one of the above. Nothing said: nobody's, which no cell for one's own opens. */
export type Owner = { readonly shelter?: string | undefined } | typeof whoever | typeof related;

/** A relation in which somebody stands to a record, and what it does not open, whatever her role's cell says. */
export interface Stand {
  readonly relation: string;
  readonly closed: readonly Area[];
  /** It opens nothing to be changed. */
  readonly readOnly?: boolean;
  /** What it opens to whoever may read that by a grant alone. */
  readonly opens?: readonly Area[];
}

/** How somebody stands to a record. Nothing known: in no relation. */
export interface Standing {
  readonly stands: readonly Stand[];
  /** A wall keeps her out, whatever else is so. */
  readonly barred: boolean;
}
/** May she act on it: does she stand to it by more than what lets her look into it? */
export const standsFully = ({ stands, barred }: Standing): boolean => !barred && stands.some(({ readOnly }) => !readOnly);
export const unrelated: Standing = { stands: [], barred: false };

/** Why somebody may or may not: for those who check it, never for whoever asked. */
export type Decision =
  | { readonly allowed: true; readonly by: readonly string[] }
  | { readonly allowed: false; readonly because: "Wall" | "Role" | "Purpose" | "NotGranted" | "NotRelated" };

/**
 * May she do this to that record? Her role's cell must say so; she must act for a purpose of it; where a record is about a person, a relation
 * in which she stands must open the area, and what is for her by a grant alone, a grant; and no wall may keep her out. Deny by default (numbered
 * requirements 1, 8, 10 and 25 of the field's practice).
 */
export function decide(actor: Actor, { act, on, purposes }: Permission, owner: Owner = {}, standing: Standing = unrelated): Decision {
  if (standing.barred) return { allowed: false, because: "Wall" };
  const byGrant = act === "read" && cellOf(actor.role, on) === "granted";
  if (!byGrant && !cellAllows(actor, { act, on }, owner)) return { allowed: false, because: "Role" };
  if (!actsFor(actor, purposes)) return { allowed: false, because: "Purpose" };
  if (byGrant) {
    const grants = grantsOf(standing, on);
    return grants.length > 0 ? { allowed: true, by: grants } : { allowed: false, because: "NotGranted" };
  }
  const by = standing.stands
    .filter(({ closed, readOnly }) => !closed.includes(on) && !(readOnly && act === "write"))
    .map(({ relation }) => relation);
  return owner === related && by.length === 0 ? { allowed: false, because: "NotRelated" } : { allowed: true, by };
}

const actsFor = ({ role }: Actor, purposes: Purposes | undefined): boolean =>
  purposes === undefined || purposeOf(role, purposes) !== undefined;

/** May her role at all, of a record of this owner: by its cell, and for a purpose of it? */
export const roleAllows = (actor: Actor, permission: Permission, owner?: Owner): boolean =>
  cellAllows(actor, permission, owner) && actsFor(actor, permission.purposes);

/** The relations in which she stands that open this to whoever may read it by a grant alone. */
const grantsOf = ({ stands }: Standing, on: Area): readonly string[] =>
  stands.filter(({ opens = [] }) => opens.includes(on)).map(({ relation }) => relation);

/** Does a grant that stands open this to her? */
export const isGranted = ({ role }: Actor, on: Area, standing: Standing): boolean =>
  cellOf(role, on) === "granted" && grantsOf(standing, on).length > 0;

/** As {@link decide}, without the reason. */
export const allows = (actor: Actor, permission: Permission, owner?: Owner, standing?: Standing): boolean =>
  decide(actor, permission, owner, standing).allowed;

/** Does the role's cell say so, of a record of this owner? */
export function cellAllows(actor: Actor, { act, on }: Permission, owner: Owner = {}): boolean {
  const own = typeof owner === "string" || (Boolean(actor.shelter) && actor.shelter === owner.shelter);
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
