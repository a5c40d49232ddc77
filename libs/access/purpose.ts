import type { Role } from "./roles.js";

/**
 * What somebody is doing when she records or reads something: said by the operation, kept with every fact and every disclosure, because
 * data is collected and used for a purpose that is told (IOM data protection principles; Tanzania's Personal Data Protection Act, section 5).
 */
export const purposes = [
  "FirstContact",
  "Identification",
  "ConsentKeeping",
  "CaseManagement",
  "Accommodation",
  "ShelterManagement",
  "Safeguarding",
  "HistoryImport",
  "Oversight",
  "Operations",
  "Administration",
] as const;
export type OfPurpose = (typeof purposes)[number];

/** What an operation is for: each that it may be asked for. */
export type Purposes = readonly [OfPurpose, ...OfPurpose[]];

const ofCare = ["CaseManagement", "ConsentKeeping", "Accommodation", "Safeguarding", "Administration"] as const;

/**
 * What each role acts for. An auditor who opens a case does not manage it: she checks how it was kept, and what she is told says so. Whoever
 * acts for nothing may nothing.
 */
export const purposesOf: Readonly<Record<Role, readonly OfPurpose[]>> = {
  "shelter-case-manager": ["FirstContact", "Identification", ...ofCare],
  "shelter-manager": ["Accommodation", "ShelterManagement", "Safeguarding", "Administration"],
  nurse: ofCare,
  psychologist: ofCare,
  lawyer: ["CaseManagement", "Safeguarding", "Administration"],
  "social-welfare-officer": ["FirstContact", "Identification", ...ofCare, "ShelterManagement"],
  investigator: [],
  "return-officer": ["CaseManagement", "Safeguarding", "Administration"],
  supervisor: ["Identification", ...ofCare, "Oversight"],
  "monitoring-officer": ["Oversight", "Administration"],
  auditor: ["Oversight", "Administration"],
  "data-protection-officer": ["Safeguarding", "Oversight", "Administration"],
  "platform-administrator": ["HistoryImport", "Operations", "Administration"],
  "data-team": [],
  importer: ["HistoryImport"],
  policy: [],
};

/** For which of these somebody of this role acts: the first that is one of hers; undefined: for none. */
export const purposeOf = (role: string, purposes: Purposes): OfPurpose | undefined =>
  purposes.find((each) => Object.hasOwn(purposesOf, role) && purposesOf[role as Role].includes(each));
