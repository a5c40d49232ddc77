import { aggregate, slice, type Rule } from "#kernel/kernel.js";
import { whoever, type Permission } from "./decide.js";
import { protect } from "./record.js";

// Facts: codes and ids only. What was seen stands in the record itself, under the same seal as before.

export type AccessFact =
  | { type: "PersonalDataDisclosed"; data: RecordDisclosure & { by: string } }
  /** Who was refused, as it was recorded here before it was in a stream of whoever asked (`denials.ts`). */
  | { type: "AccessDenied"; data: Pick<Permission, "act" | "on"> & { route: string; by: string } };

// State

/** How often a record was shown, and how often it was asked for in vain. */
export interface Disclosures {
  readonly disclosed: number;
  readonly denied: number;
}
export const disclosures = slice<AccessFact>()<Disclosures>(
  { disclosed: 0, denied: 0 },
  {
    PersonalDataDisclosed: (counts) => ({ ...counts, disclosed: counts.disclosed + 1 }),
    AccessDenied: (counts) => ({ ...counts, denied: counts.denied + 1 }),
  },
);

/** Who saw what of one record, and who was refused: stream `access-<id of the record>`. */
export const access = aggregate("access", { disclosures });

/** What is on record of a record's readers belongs where that record does, and is for whoever checks them. */
export const accessRecord = protect(access, {
  belongsTo: () => whoever,
  subject: () => "",
  state: "access",
  facts: { PersonalDataDisclosed: "access", AccessDenied: "access" },
});

// Requests: made by the api itself, as it answers

export interface RecordDisclosure {
  readonly subjects: readonly string[];
  readonly classes: readonly string[];
  /** Names of fields, where less than the whole class was shown. */
  readonly fields?: readonly string[] | undefined;
  readonly purpose: string;
  /** The operation's name; never an address with what was searched for. */
  readonly route: string;
  /** The relations in which whoever saw it stood to the record, such as `team`. */
  readonly relations?: readonly string[] | undefined;
}

// Rules: every time counts, also the second of the same

/** Recorded before the answer leaves. */
export const recordDisclosure: Rule<object, RecordDisclosure, AccessFact> = (
  _,
  { subjects, classes, fields, purpose, route, relations },
  { actor },
) => [
  {
    type: "PersonalDataDisclosed",
    data: { subjects, classes, ...(fields && { fields }), purpose, route, ...(relations && { relations }), by: actor.id },
  },
];
