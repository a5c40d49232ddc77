/** How it came to be known: of the four things that IC-TIP counts (event, victim, perpetrator, reporting entity) this is the first. */
export const eventKinds = ["Raid", "Interception", "Rescue", "Report", "Other"] as const;
export type EventKind = (typeof eventKinds)[number];
/** What kind of body reported it: never which person. */
export const reportingEntities = [
  "Police",
  "Immigration",
  "BorderAuthority",
  "LabourInspection",
  "SocialWelfare",
  "HealthService",
  "School",
  "NGO",
  "InternationalOrganisation",
  "Hotline",
  "Community",
  "Other",
] as const;
export type ReportingEntity = (typeof reportingEntities)[number];
export const eventUnlinkReasons = ["NotPartOfIt", "WrongCase", "Other"] as const;
export type EventUnlinkReason = (typeof eventUnlinkReasons)[number];
export const allegationWithdrawals = ["NotTrue", "WrongPerson", "Duplicate"] as const;
export type AllegationWithdrawal = (typeof allegationWithdrawals)[number];
