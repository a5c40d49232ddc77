import type { Area } from "./areas.js";
import type { Role } from "./roles.js";

/**
 * `write` includes `read`. `own` reads and writes, `own-read` reads, within one's own shelter only. `granted` reads what a grant names that
 * stands at that moment, such as a warrant for one case, and in no list. Nothing said: nothing allowed.
 */
export type Cell = "read" | "write" | "own" | "own-read" | "granted";

/**
 * Who may do what, after the matrix of the field's practice.
 *
 * What a role may see only with the survivor's consent or a referral's grant, only in a summary, or only for some cases
 * (a child's safety plan, a legal matter) is left out until exactly that can be shown: a grant that cannot be checked is no grant.
 * The police come under this whole, since help never depends on testimony. Platform administrators keep the
 * read models running and see no case; the data team has no way in.
 */
export const policy: Readonly<Record<Role, Readonly<Partial<Record<Area, Cell>>>>> = {
  "shelter-case-manager": {
    demographic: "write",
    identity: "write",
    contact: "write",
    location: "own-read",
    narrative: "write",
    legal: "write",
    perpetrator: "write",
    safety: "write",
    case: "write",
    screening: "write",
    consent: "write",
    closure: "read",
    capacity: "read",
    stay: "own",
    history: "own-read",
  },
  "shelter-manager": {
    demographic: "read",
    identity: "read",
    contact: "read",
    location: "own",
    narrative: "read",
    safety: "read",
    case: "read",
    consent: "read",
    closure: "read",
    capacity: "own",
    stay: "own",
  },
  nurse: { demographic: "read", identity: "read", location: "own-read", health: "write", safety: "read", case: "read", consent: "read" },
  psychologist: {
    demographic: "read",
    identity: "read",
    location: "own-read",
    psychosocial: "write",
    safety: "read",
    case: "read",
    consent: "read",
  },
  lawyer: { demographic: "read", legal: "write", case: "read", consent: "read" },
  "social-welfare-officer": {
    demographic: "read",
    identity: "read",
    contact: "read",
    legal: "read",
    case: "write",
    screening: "write",
    consent: "write",
    closure: "read",
    capacity: "read",
  },
  investigator: {},
  "return-officer": { demographic: "read", case: "read", consent: "read" },
  supervisor: {
    demographic: "read",
    narrative: "read",
    legal: "read",
    safety: "read",
    case: "read",
    screening: "write",
    consent: "read",
    closure: "write",
    capacity: "read",
    stay: "read",
    workload: "read",
    history: "read",
  },
  "monitoring-officer": { capacity: "read" },
  auditor: {
    demographic: "granted",
    narrative: "granted",
    case: "read",
    consent: "read",
    capacity: "read",
    history: "read",
    access: "read",
  },
  "data-protection-officer": { consent: "read", history: "read", access: "read" },
  "platform-administrator": { projections: "write", imports: "write" },
  importer: { imported: "write" },
  "data-team": {},
  policy: {},
};
