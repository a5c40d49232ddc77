/** The ways in which somebody can be contacted. Codes are stored and never change. */
export const contactChannels = [
  "PhoneCall",
  "TextMessage",
  "MessagingApp",
  "Email",
  "Letter",
  "Visit",
  "ThroughTrustedPerson",
  "ThroughOrganisation",
] as const;
export type ContactChannel = (typeof contactChannels)[number];
/** What she is contacted for. `FollowUp`: to ask how she is after support. */
export const contactReasons = ["Support", "Appointment", "Safety", "Legal", "Return", "FollowUp", "Feedback", "Other"] as const;
export type ContactReason = (typeof contactReasons)[number];
export const contactOutcomes = ["Reached", "NotReached", "SomebodyElseAnswered", "WayNoLongerWorks", "BrokenOffForSafety"] as const;
export type ContactOutcome = (typeof contactOutcomes)[number];
/** What was left where she was not reached. */
export const leftBehind = ["Nothing", "Message", "Number", "Name", "Document"] as const;
export type LeftBehind = (typeof leftBehind)[number];
