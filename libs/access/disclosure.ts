import { aggregate, slice, type Rule } from "#kernel/kernel.js";

// Facts

/** Who saw what of a case, recorded before the answer leaves. */
export type AccessFact = {
  type: "PersonalDataDisclosed";
  data: { subjects: string[]; classes: string[]; purpose: string; route: string; to: string };
};

// State

export const disclosures = slice<AccessFact>()<number>(0, { PersonalDataDisclosed: (count) => count + 1 });

/** The reads of one record: stream `access-<id of the record>`. */
export const access = aggregate("access", { disclosures });

// Request: made by the api itself, at the door

export interface RecordDisclosure {
  readonly subjects: string[];
  readonly classes: string[];
  readonly purpose: string;
  readonly route: string;
}

// Rule

/** Every disclosure is recorded, also the second of the same. */
export const recordDisclosure: Rule<object, RecordDisclosure, AccessFact> = (_, { subjects, classes, purpose, route }, { actor }) => [
  { type: "PersonalDataDisclosed", data: { subjects, classes, purpose, route, to: actor.id } },
];
