/** A rule of the field that a refusal keeps: what it says, where it is refused, and the examples that go red without it. */
export interface DomainRule {
  /** Where it comes from: a stage or a requirement of the domain, or an instrument. */
  readonly source: string;
  readonly says: string;
  /** The file that refuses, and with which code. */
  readonly file: string;
  readonly code: string;
  readonly spec: string;
}

const rule = (source: string, says: string, file: string, code: string, spec: string): DomainRule => ({
  ...{ source, says, code },
  file: `libs/${file}.ts`,
  spec: `libs/${spec}.spec.ts`,
});

const [consent, screening, closure] = ["cases/consent", "cases/screening", "cases/closure"];

/** The rules about one case, in the order in which it goes on. */
export const rules: readonly DomainRule[] = [
  rule("Stage 0", "A case begins once", "cases/intake/intake", "CaseAlreadyOpened", "cases/intake/intake"),
  rule("Stage 0", "What is said of her age and her year of birth agrees", "cases/intake/intake", "BirthYearIsAChilds", "cases/intake/age"),
  rule("Requirement 6", "Whose age is in dispute is a child", "cases/intake/intake", "DisputedAgeIsAChild", "cases/intake/age"),
  rule(
    "Stage 1",
    "No interview without consent or a recorded lawful basis",
    `${consent}/consents`,
    "InterviewNotPermitted",
    `${screening}/screening`,
  ),
  rule("Requirement 6", "A child does not consent alone", `${consent}/consent`, "ChildCannotConsentAlone", `${consent}/consent`),
  rule(
    "Requirement 6",
    "A child agrees herself, beside whoever consents for her",
    `${consent}/consent`,
    "ChildHasNotAssented",
    `${consent}/consent`,
  ),
  rule("Stage 1", "Nobody consents for an adult", `${consent}/consent`, "AdultConsentsHerself", `${consent}/consent`),
  rule("Stage 1", "A consent ends at a time that is to come", `${consent}/consent`, "ConsentAlreadyExpired", `${consent}/consent`),
  rule(
    "Requirement 4",
    "A consent is only ever narrowed: more is asked for anew",
    `${consent}/consent`,
    "NotNarrower",
    `${consent}/consent`,
  ),
  rule("Stage 7", "A consent to be helped names the help", `${consent}/consent`, "ServiceGroupsMissing", `${consent}/consent`),
  rule(
    "Rule 20",
    "Whoever invokes an emergency is not who authorises it",
    `${consent}/emergency`,
    "AuthorisedByOneself",
    `${consent}/emergency`,
  ),
  rule(
    "Rule 20",
    "No second emergency before the first was found justified",
    `${consent}/emergency`,
    "EmergencyNotJustified",
    `${consent}/emergency`,
  ),
  rule("Requirement 4", "Nobody reviews an emergency of her own", `${consent}/emergency`, "OwnEmergency", `${consent}/emergency`),
  rule("Requirement 4", "An emergency is reviewed soon", `${consent}/emergency`, "ReviewTooLate", `${consent}/emergency`),
  rule("Palermo Protocol, art. 3", "Trafficking is an act", `${screening}/determination`, "ActMissing", `${screening}/determination`),
  rule(
    "Palermo Protocol, art. 3",
    "by a means, where she is no child",
    `${screening}/determination`,
    "MeansMissing",
    `${screening}/determination`,
  ),
  rule(
    "Palermo Protocol, art. 3",
    "for the purpose of exploitation",
    `${screening}/determination`,
    "PurposeMissing",
    `${screening}/determination`,
  ),
  rule("Stage 2", "A decision follows a screening", `${screening}/determination`, "ScreeningNotCompleted", `${screening}/determination`),
  rule(
    "Stage 2",
    "What police or a court found is theirs to record, or has its document",
    `${screening}/determination`,
    "DocumentMissing",
    `${screening}/determination`,
  ),
  rule("Stage 3", "A high risk is looked at again within 7 days", "cases/safety/assessing", "ReviewTooLate", "cases/safety/safety"),
  rule("Stage 3", "A level of risk has its reasons", "cases/safety/assessing", "RiskReasonMissing", "cases/safety/safety"),
  rule("Stage 4", "She is taken in of her own will", "shelters/stays/admission", "AdmissionNotVoluntary", "shelters/stays/admission"),
  rule(
    "Stage 4",
    "The rules of the house are explained to her",
    "shelters/stays/admission",
    "HouseRulesNotExplained",
    "shelters/stays/admission",
  ),
  rule("Stage 4", "A bed is for those for whom it is meant", "shelters/stays/beds", "BedCategoryNotSuitable", "shelters/stays/admission"),
  rule("Stage 4", "A bed holds one", "shelters/stays/beds", "BedOccupied", "shelters/stays/admission"),
  rule("Stage 6", "A plan is hers: she agrees to it", "cases/plan/planning", "PlanNotAgreed", "cases/plan/plan"),
  rule("Stage 6", "A plan has goals", "cases/plan/planning", "PlanWithoutGoals", "cases/plan/plan"),
  rule("Stage 6", "What is changed in a plan is a new version", "cases/plan/plan", "PlanNotDrafted", "cases/plan/plan"),
  rule("Stage 6", "Nobody approves what she wrote herself", "access/approvals", "ApproverIsRequester", "cases/plan/plan"),
  rule("Stage 6", "Goals are worked at once they are approved", "cases/plan/plan", "PlanNotApproved", "cases/plan/plan"),
  rule(
    "Stage 7",
    "Help needs her consent to it, or an emergency",
    "cases/services/delivering",
    "ServiceNotConsented",
    "cases/services/delivering",
  ),
  rule(
    "Rule 23",
    "A no stays: after it nothing is given before she asks",
    "cases/services/delivering",
    "ServiceDeclinedByHer",
    "cases/services/delivering",
  ),
  rule("Stage 7", "What has a cost has a currency", "cases/services/delivering", "CostWithoutCurrency", "cases/services/delivering"),
  rule("Stage 7", "What is measured has a unit", "cases/services/delivering", "QuantityWithoutUnit", "cases/services/delivering"),
  rule(
    "Stage 7",
    "Urgent care is asked for while it is of use",
    "cases/services/requesting",
    "UrgentCareTooLate",
    "cases/services/requesting",
  ),
  rule(
    "Requirement 18",
    "What she refused, and what others acted on, is answered by a new entry",
    "cases/corrections/corrections",
    "EntryNotCorrectable",
    "cases/corrections/corrections",
  ),
  rule(
    "Requirement 18",
    "A mistake is marked by whoever made it, or a supervisor",
    "cases/corrections/corrections",
    "NotTheAuthor",
    "cases/corrections/corrections",
  ),
  rule(
    "Requirement 18",
    "What rests on a mistake is marked before it",
    "cases/corrections/corrections",
    "OthersRestOnIt",
    "cases/corrections/corrections",
  ),
  rule("Requirement 1", "A note says one thing in one class", "cases/notes/notes", "OneNoteAtATime", "cases/notes/notes"),
  rule(
    "Requirement 8",
    "Nobody reviews what she opened herself in an emergency",
    "cases/break-glass/break-glass",
    "OwnAccess",
    "cases/break-glass/break-glass",
  ),
  rule(
    "Requirement 8",
    "A case that is closed to emergency access needs a second person",
    "cases/break-glass/break-glass",
    "SecondPersonMissing",
    "cases/break-glass/break-glass",
  ),
  rule("Requirement 10", "A wall keeps out whom it names", "cases/team/team", "WorkerIsBarred", "cases/team/team"),
  rule("Requirement 25", "Nobody issues a warrant to herself", "cases/warrant/warrant", "OwnWarrant", "cases/warrant/warrant"),
  rule("Stage 11", "Only closing ends help", "cases/open", "CaseNotOpen", "cases/services/requesting"),
  rule(
    "Stage 11",
    "Follow-up begins when nothing that was asked for waits",
    `${closure}/follow-up`,
    "ServicesNotFinished",
    `${closure}/follow-up`,
  ),
  rule("Stage 11", "and when she sleeps in no shelter", `${closure}/follow-up`, "StillInShelter", `${closure}/follow-up`),
  rule(
    "Stage 11",
    "Whoever is no victim is offered a referral before her case is closed",
    `${closure}/closure`,
    "ReferralNotOffered",
    `${closure}/closure`,
  ),
  rule("Stage 11", "A case that was not closed is not reopened", `${closure}/closure`, "CaseNotClosed", `${closure}/closure`),
];
