import type { Role } from "./roles.js";

/** What can be protected apart: classes of personal data, and topics of codes, dates and ids. */
export const areas = [
  ...(["identity", "contact", "location", "narrative", "health", "psychosocial", "legal", "perpetrator", "safety"] as const),
  ...(["case", "screening", "consent", "closure", "capacity", "stay", "history", "access"] as const),
];
export type Area = (typeof areas)[number];

/** `own`: read and write, within one's own shelter only. `write` includes `read`. Nothing said: nothing allowed. */
export type Cell = "read" | "write" | "own";

/**
 * Who may do what. What a role sees only with a consent or a referral's grant is left out until such a grant can be shown:
 * better a caseworker who must ask than an address that leaks. The place of a shelter is for its own people alone.
 */
export const policy: Readonly<Record<Role, Readonly<Partial<Record<Area, Cell>>>>> = {
  "shelter-case-manager": {
    ...{ identity: "write", contact: "write", narrative: "write", legal: "write", perpetrator: "write", safety: "write", location: "own" },
    ...{ case: "write", screening: "write", consent: "write", closure: "read", capacity: "read", stay: "own", history: "read" },
  },
  "shelter-manager": {
    ...{ identity: "read", contact: "read", narrative: "read", safety: "read", location: "own" },
    ...{ case: "read", consent: "read", closure: "read", capacity: "own", stay: "own" },
  },
  nurse: { identity: "read", health: "write", safety: "read", location: "own", case: "read", consent: "read" },
  psychologist: { identity: "read", psychosocial: "write", safety: "read", location: "own", case: "read", consent: "read" },
  lawyer: { identity: "read", legal: "write", case: "read", consent: "read" },
  "social-welfare-officer": {
    ...{ identity: "write", contact: "write", narrative: "read", legal: "read" },
    ...{ case: "write", screening: "write", consent: "write", closure: "read" },
  },
  investigator: {},
  "return-officer": { identity: "read", narrative: "read", safety: "read", case: "read", consent: "read" },
  supervisor: {
    ...{ narrative: "read", legal: "read", safety: "read" },
    ...{ case: "read", screening: "write", consent: "read", closure: "write", capacity: "read", stay: "read", history: "read" },
  },
  "monitoring-officer": { capacity: "read" },
  auditor: { case: "read", consent: "read", capacity: "read", history: "read", access: "read" },
  "data-protection-officer": { consent: "read", history: "read", access: "read" },
  "platform-administrator": {},
  "data-team": {},
};
