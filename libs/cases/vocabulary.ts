/** Codes are stored and never change. Spelling: HTCDS 2.0 (IOM, CC BY 4.0) where it has the list; `ext:` marks ours beside it. */
export const sexes = ["Female", "Male", "Other", "Unknown"] as const;
export type Sex = (typeof sexes)[number];
export const ageBands = ["0-8", "9-17", "18-20", "21-29", "30-47", "48+", "Unknown"] as const;
export type AgeBand = (typeof ageBands)[number];
export const contactSources = ["Police", "Immigration", "SocialWelfare", "Hotline", "NGO", "Community", "Self", "Other"] as const;
export type ContactSource = (typeof contactSources)[number];
export const urgencies = ["Immediate", "Within24Hours", "Routine"] as const;
export type Urgency = (typeof urgencies)[number];
export const ageMethods = ["Document", "Statement", "MedicalOpinion", "SocialAssessment", "Disputed"] as const;
export type AgeMethod = (typeof ageMethods)[number];

export const acts = ["Recruitment", "Transportation", "Transfer", "Harbouring", "Receipt"] as const;
export type Act = (typeof acts)[number];
export const means = [
  "ThreatOrForce",
  "Coercion",
  "Abduction",
  "Fraud",
  "Deception",
  "AbuseOfPower",
  "AbuseOfVulnerability",
  "PaymentToControllingPerson",
] as const;
export type Means = (typeof means)[number];
export const exploitations = [
  "ForcedLabour",
  "SexualExploitation",
  "ChildLabour",
  "ForcedMarriage",
  "Servitude",
  "ForcedMilitaryByNonStateActors",
  "OrganRemoval",
  "ForcedBegging",
  "ForcedAdoption",
  "Surrogacy",
  "Other",
  "ext:ForcedCriminality",
] as const;
export type Exploitation = (typeof exploitations)[number];
export const methodsOfControl = [
  "PhysicalThreats",
  "ThreatsLawEnforcement",
  "ThreatensChildrenFamily",
  "DebtBondage",
  "FalsePromises",
  "PhysicalAbuse",
  "SexualAbuse",
  "TakesEarnings",
  "RestrictsFinancialAccess",
  "RestrictsMedicalCare",
  "WithholdsNecessities",
  "PsychologicalAbuse",
  "PsychoactiveSubstance",
  "ExcessiveWorkingHours",
  "WithholdsDocuments",
  "Other",
  "ext:RestrictsMovement",
  "ext:UsesChildren",
] as const;
export type MethodOfControl = (typeof methodsOfControl)[number];
export const relationships = ["Familial", "Acquainted", "Unaquainted"] as const;
export type Relationship = (typeof relationships)[number];
export const traffickingStatuses = ["PossibleVictimOfTrafficking", "ActualVictimOfTrafficking", "NotAVictimOfTrafficking"] as const;
export type TraffickingStatus = (typeof traffickingStatuses)[number];
export const decidingOrganisations = ["Police", "NGO", "CourtOrProsecution", "NonPoliceGovernmentalOrganization", "Other"] as const;
export type DecidingOrganisation = (typeof decidingOrganisations)[number];
export const decisionBases = ["Screening", "Interview", "Investigation", "CourtDecision", "NewInformation"] as const;
export type DecisionBasis = (typeof decisionBases)[number];
export const historyEventTypes = ["Recruitment", "Transit", "Exploitation"] as const;
export type HistoryEventType = (typeof historyEventTypes)[number];

export const purposes = [
  "Interview",
  "CaseManagement",
  "ServiceDelivery",
  "ShareWithProvider",
  "ShareWithLawEnforcement",
  "ShareWithGovernmentNrm",
  "FamilyTracing",
  "ReturnArrangement",
  "PhotoMedia",
  "AnonymisedReporting",
  "AnonymisedResearch",
  "FollowUpContact",
  "CrossBorderTransfer",
] as const;
export type Purpose = (typeof purposes)[number];
export const dataClasses = [
  "identity",
  "contact",
  "location",
  "narrative",
  "health",
  "psychosocial",
  "legal",
  "perpetrator",
  "safety",
] as const;
export type DataClass = (typeof dataClasses)[number];
export const givers = ["self", "guardian", "social-welfare-officer"] as const;
export type Giver = (typeof givers)[number];
export const evidences = ["Signature", "Thumbprint", "AudioRecording", "WitnessedVerbal"] as const;
export type Evidence = (typeof evidences)[number];
export const vitalInterests = ["ImmediateThreatToLife", "CannotConsent", "MedicalEmergency", "ChildAtRisk"] as const;
export type VitalInterest = (typeof vitalInterests)[number];
/** Why whoever was asked to authorise an emergency does not. */
export const emergencyRefusals = ["NoVitalInterest", "SheCanBeAsked", "SheHasSaidNo", "AnotherWay", "NotAsked", "Other"] as const;
export type EmergencyRefusal = (typeof emergencyRefusals)[number];
export const emergencyFindings = ["Justified", "NotJustified"] as const;
export type EmergencyFinding = (typeof emergencyFindings)[number];

export const closureReasons = [
  "GoalsAchieved",
  "SupportPeriodEnded",
  "ReturnedHome",
  "ReunifiedWithFamily",
  "TransferredToAgency",
  "DeclinedFurtherSupport",
  "LeftWithoutNotice",
  "NotAVictim",
  "Relocated",
  "Deceased",
  "Duplicate",
  "FundingEnded",
  "SecurityReasons",
  "Other",
] as const;
export type ClosureReason = (typeof closureReasons)[number];
export const consentStatuses = ["Given", "Narrowed", "Withdrawn", "Expired"] as const;
export type ConsentStatus = (typeof consentStatuses)[number];

export const approvalReasons = ["GoalsMet", "HerOwnDecision", "SupportGoesOnElsewhere", "NothingMoreToDo", "Other"] as const;
export type ApprovalReason = (typeof approvalReasons)[number];
export const rejectionReasons = ["NeedsRemain", "NotSafeYet", "FollowUpMissing", "InformationMissing", "WrongReason", "Other"] as const;
export type RejectionReason = (typeof rejectionReasons)[number];
export const reopeningReasons = ["NewNeeds", "ReTrafficked", "ReturnedToShelter", "ClosedInError", "Other"] as const;
export type ReopeningReason = (typeof reopeningReasons)[number];
export const resumptionReasons = ["NewNeeds", "ReTrafficked", "NotSafe", "AskedForHelp", "Other"] as const;
export type ResumptionReason = (typeof resumptionReasons)[number];
/** ISO 639, as spoken here; extend the list, never reuse a code. */
