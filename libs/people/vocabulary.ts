/** What an organisation is; after the list of the Human Trafficking Case Data Standard (`org_Type`). Codes are stored and never change. */
export const organisationTypes = [
  "NGO",
  "InternationalOrganisation",
  "LawEnforcement",
  "HealthServiceOrganisation",
  "CentralGovernmentOrganisation",
  "LocalGovernmentOrganisation",
  "ImmigrationService",
  "LegalService",
  "CorporateBusiness",
  "SchoolOrCollege",
] as const;
export type OrganisationType = (typeof organisationTypes)[number];
/** What an organisation offers, by group: finer than that stands in the case. */
export const offeredServices = [
  "Shelter",
  "Health",
  "Psychosocial",
  "Legal",
  "Protection",
  "Education",
  "Livelihood",
  "Material",
  "Transport",
  "Interpretation",
  "Return",
  "FamilyTracing",
] as const;
export type OfferedService = (typeof offeredServices)[number];
export const suspensionReasons = ["Safeguarding", "DataProtection", "ProtocolBroken", "Closed", "Other"] as const;
export type SuspensionReason = (typeof suspensionReasons)[number];
export const protocolEndings = ["Expired", "Withdrawn", "Broken", "Replaced", "Other"] as const;
export type ProtocolEnding = (typeof protocolEndings)[number];
export const memberStatuses = ["Active", "Deactivated"] as const;
export type MemberStatus = (typeof memberStatuses)[number];
export const deactivationReasons = ["Left", "Moved", "OnLeave", "Safeguarding", "AccountMisused", "Other"] as const;
export type DeactivationReason = (typeof deactivationReasons)[number];
/** Why somebody was given a link by which she can sign in for the first time, or anew. */
export const signInLinkKinds = ["Invitation", "Recovery"] as const;
export type SignInLinkKind = (typeof signInLinkKinds)[number];
