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
] as const;
export type OfPurpose = (typeof purposes)[number];
