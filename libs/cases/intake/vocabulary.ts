/** HTCDS 2.0 (IOM, CC BY 4.0), cas_ReasonForIncomingReferral. */
export const incomingReasons = ["AdditionalServicesRequired", "MigrationOrChangeOfLocation", "Other"] as const;
export type IncomingReason = (typeof incomingReasons)[number];
export const acknowledgementChannels = ["Phone", "Email", "InPerson", "Letter", "System"] as const;
export type AcknowledgementChannel = (typeof acknowledgementChannels)[number];
export const urgencyReasons = ["DangerGrew", "DangerLessened", "NeedsGrew", "NeedsMet", "NewInformation", "AssessedAnew", "Other"] as const;
export type UrgencyReason = (typeof urgencyReasons)[number];
/**
 * The least that is to be known of a case once intake is complete: what a first contact asks for, and of the core fields of HTCDS 2.0 those about the
 * person and her consent. What screening finds is not among it.
 */
export const minimumItems = [
  "Sex",
  "Age",
  "Language",
  "District",
  "ReferringOrganisation",
  "ConsentToInterview",
  "Identity",
  "Citizenship",
  "SafeContact",
] as const;
export type MinimumItem = (typeof minimumItems)[number];
