/**
 * Who may ask what, and see which field of the answer, as the people concerned would say it: written by hand from the matrix of the
 * field's practice, and read by the small reading beside it. An operation or a field that is missing here fails the test that asks for it.
 */

/** An area; `open`: whoever may ask sees it. `location of itself`, `location of its shelter`: for the staff of the house that it names. */
export type Entry = string;
export type Table = Readonly<Record<string, Entry>>;

/** Whose record an operation is about. `begun`: one that is not there yet. `narrowed`: a list of one's own shelter's rows. */
type Whose = "a case" | "a shelter" | "an import" | "all" | "narrowed" | "begun";

export interface DeclaredRight {
  readonly act: "read" | "write";
  readonly on: string;
  readonly whose: Whose;
}

const right = (act: DeclaredRight["act"], on: string, whose: Whose): DeclaredRight => ({ act, on, whose });
const each = <K extends string>(names: readonly K[], value: DeclaredRight) =>
  Object.fromEntries(names.map((name) => [name, value])) as Record<K, DeclaredRight>;

/** Every operation, by its name in OpenAPI and GraphQL. `anybody`: who is signed in. */
export const operations: Readonly<Record<string, DeclaredRight | "anybody">> = {
  vocabularies: "anybody",
  cases: right("read", "case", "all"),
  ...each(["case", "caseLive"], right("read", "case", "a case")),
  ...each(["caseHistory", "caseState"], right("read", "history", "a case")),
  caseAccess: right("read", "access", "a case"),
  consents: right("read", "consent", "all"),
  workloads: right("read", "workload", "all"),
  denials: right("read", "access", "all"),
  openCase: right("write", "case", "begun"),
  ...each(["assessAge", "requestClosure"], right("write", "case", "a case")),
  recordIdentity: right("write", "identity", "a case"),
  recordContact: right("write", "contact", "a case"),
  ...each(
    ["startScreening", "completeScreening", "determineTraffickingStatus", "recordTraffickingHistoryEvent"],
    right("write", "screening", "a case"),
  ),
  ...each(
    ["giveConsent", "refuseConsent", "narrowConsent", "withdrawConsent", "invokeEmergencyProcessing"],
    right("write", "consent", "a case"),
  ),
  ...each(["approveClosure", "rejectClosure", "reopenCase"], right("write", "closure", "a case")),
  shelters: right("read", "capacity", "narrowed"),
  ...each(["shelter", "shelterLive", "shelterOccupancy"], right("read", "capacity", "a shelter")),
  ...each(["shelterHistory", "shelterState"], right("read", "history", "a shelter")),
  shelterAccess: right("read", "access", "a shelter"),
  stays: right("read", "stay", "narrowed"),
  registerShelter: right("write", "capacity", "begun"),
  ...each(["vetShelter", "changeCapacity", "takeBedOutOfService", "restoreBed"], right("write", "capacity", "a shelter")),
  ...each(
    ["reserveBed", "releaseReservation", "admitResident", "moveResident", "grantLeave", "recordReturn", "dischargeResident"],
    right("write", "stay", "a shelter"),
  ),
  openImport: right("write", "imports", "begun"),
  ...each(["approveImport", "endImport"], right("write", "imports", "an import")),
  bringIn: right("write", "imported", "an import"),
  ...each(["importHistory", "importState"], right("read", "imports", "an import")),
  ...each(
    ["projections", "policyRefusals", "deadLetters", "deadLettersPreview", "skippedEvents", "chainFindings"],
    right("read", "projections", "all"),
  ),
  ...each(
    ["rebuildViews", "verifyViews", "reconcileViews", "stopTask", "swapViews", "rollbackViews", "pauseViews", "resumeViews"],
    right("write", "projections", "all"),
  ),
  ...each(["replayDeadLetters", "skipDeadLetter", "approveSkip", "chainLookedInto"], right("write", "projections", "all")),
};

/** Fields of requests that tell of a person: the class that one must be allowed to write. */
export const personal: Readonly<Record<string, Table>> = {
  openCase: { immediateNeeds: "narrative" },
  recordIdentity: {
    givenName: "identity",
    familyName: "identity",
    otherNames: "identity",
    birthDate: "identity",
    identityNumber: "identity",
  },
  recordContact: { phone: "contact", email: "contact", safeWayToReach: "contact" },
  completeScreening: { account: "narrative", perpetrator: "perpetrator" },
  recordTraffickingHistoryEvent: { place: "narrative", description: "narrative" },
  withdrawConsent: { reason: "narrative" },
  registerShelter: { address: "location", latitude: "location", longitude: "location", phone: "location" },
};

const open = (...names: string[]): Table => Object.fromEntries(names.map((name) => [name, "open"]));
const of = (area: string, ...names: string[]): Table => Object.fromEntries(names.map((name) => [name, area]));

/** Every field of every answer, by the answer's name in OpenAPI. Of a structure, each field within. */
export const answers: Readonly<Record<string, Table>> = {
  CaseView: {
    ...open("id", "stale", "skipped", "intact"),
    ...of("case", "stage", "openedAt", "openedBy", "source", "urgency", "region", "traffickingStatus", "episode", "closedAt", "revision"),
    ...of("demographic", "sex", "ageBand", "isChild", "ageQuestioned"),
    exploitations: "screening",
    closureReason: "closure",
    shelter: "location of itself",
  },
  CaseFileView: {
    ...open("id", "stale", "skipped", "intact"),
    ...of("case", "revision", "openedAt", "traffickingStatus"),
    ...of("screening", "screening", "determinations", "traffickingHistory"),
    languages: "demographic",
    placement: "location of its shelter",
    identity: "identity",
    contact: "contact",
    immediateNeeds: "narrative",
    account: "narrative",
    perpetrator: "perpetrator",
    notes: "narrative",
  },
  ConsentView: {
    ...open("id", "stale", "skipped", "intact"),
    ...of(
      "consent",
      "caseId",
      "purpose",
      "recipients",
      "dataClasses",
      "givenBy",
      "givenAt",
      "expiresAt",
      "status",
      "withdrawnAt",
      "before",
    ),
  },
  DenialView: {
    ...open("id", "stale", "skipped"),
    ...of("access", "at", "by", "kind", "record", "route", "act", "on"),
  },
  WorkloadView: {
    ...open("id", "stale", "skipped"),
    ...of("workload", "casesOpened", "screeningsCompleted", "consentsRecorded", "closuresRequested", "recordedLate", "lastRecordedAt"),
  },
  ShelterView: {
    ...open("id", "stale", "skipped", "intact"),
    ...of("capacity", "revision", "code", "region", "vettedUntil", "bedsInService", "occupied", "free", "overflow"),
    ...of("capacity", "beds[].bed", "beds[].category", "beds[].availability", "beds[].inService"),
    ...of("location", "beds[].stay", "location"),
  },
  StayView: {
    ...open("id", "stale", "skipped", "intact"),
    ...of("stay", "caseId", "category", "overflow", "admittedAt", "leaveUntil", "dischargedAt", "exitType", "moved"),
    ...of("location", "shelter", "bed"),
  },
  HistoryEntry: {
    ...open(
      "revision",
      "id",
      "type",
      "at",
      "recordedAt",
      "purpose",
      "source",
      "commandId",
      "sealed",
      "hash",
      "integrity",
      "lateReason",
      "imported",
    ),
    "by.id": "open",
    "by.role": "open",
    "by.organisation": "open",
    "by.shelter": "location of itself",
    data: "as the fact's own table says",
    changed: "as the state's table says",
  },
  PastState: { revision: "open", at: "open", integrity: "open", state: "as the state's table says" },
  Night: open("night", "beds", "occupied", "overflow", "rate"),
  CodeList: open("name", "fields", "codes[].code", "codes[].en", "codes[].sw", "codes[].fr"),
  LabelledCode: open("code", "en", "sw", "fr"),
  Receipt: open("id", "revision", "position"),
  ProjectionReport: open("views", "policies", "tasks"),
  RowPreview: open("key", "row", "columns", "asks"),
  ReplayResult: open("facts"),
  ProjectionStatus: {
    ...open("view", "partitions", "position", "facts", "factsBehind", "secondsBehind", "secondsSinceProgress"),
    ...open("halted", "parkedStreams", "staleRows"),
  },
  ProjectionTask: {
    ...open("id", "kind", "views", "state", "askedBy", "stage", "position", "head", "result", "error", "askedAt", "updatedAt"),
  },
  PolicyReport: {
    ...open("policy", "position", "facts", "factsBehind", "secondsBehind", "secondsSinceProgress"),
    ...open("halted", "parkedStreams", "refusals"),
  },
  RefusalReport: open("policy", "factId", "stream", "revision", "code", "refusedAt"),
  ChainReport: open("stream", "revision", "position", "kind", "foundAt", "lookedIntoAt", "lookedIntoBy"),
  ChainLookedInto: open("findings"),
  SkippedEvent: open("view", "stream", "revision", "type", "reason", "askedBy", "askedAt", "approvedBy", "approvedAt"),
  BroughtIn: open("receipts", "refused", "problem"),
  ImportReceipt: open("id", "revision"),
  ParkedStream: open("view", "stream", "facts", "firstRevision", "type", "error", "since"),
};

/** Every part of what a record's facts fold into. */
export const states: Readonly<Record<string, Table>> = {
  case: {
    stage: "case",
    "intake.subject": "identity",
    "intake.region": "case",
    "intake.openedAt": "case",
    ...of("demographic", "intake.sex", "intake.ageBand", "intake.assessments"),
    known: "case",
    "screening.startedAt": "case",
    "screening.status": "case",
    ...of("screening", "screening.findings", "screening.completed", "screening.events"),
    "screening.determinations[].at": "case",
    "screening.determinations[].status": "case",
    "screening.determinations[].decidedBy": "screening",
    consents: "consent",
    "closure.status": "case",
    "closure.episode": "case",
    "closure.since": "case",
    "closure.closed": "case",
    ...of("closure", "closure.reason", "closure.requestedBy", "closure.referralOffered", "closure.rejected"),
    "placement.current": "location of its shelter",
    "placement.stays[]": "location of its shelter",
    "reservations[]": "location of its shelter",
  },
  shelter: {
    ...of("capacity", "capacity.code", "capacity.registeredAt", "capacity.beds", "capacity.vettings"),
    ...of("location", "capacity.subject", "stays"),
  },
  access: { disclosures: "access" },
  denials: { asked: "access" },
  import: { grant: "imports" },
};

const stay = { bed: "stay", category: "stay", overflow: "stay" };

/** What each fact tells. */
export const facts: Readonly<Record<string, Entry | Table>> = {
  CaseOpened: {
    subject: "identity",
    source: "case",
    urgency: "case",
    region: "case",
    referringOrganisation: "case",
    ...of("demographic", "sex", "ageBand", "language"),
  },
  AgeQuestioned: "demographic",
  AgeAssessed: "demographic",
  IdentityRecorded: { citizenships: "demographic", languages: "demographic", removed: "case" },
  ContactRecorded: { removed: "case" },
  ScreeningStarted: "case",
  ScreeningCompleted: "screening",
  TraffickingStatusDetermined: { status: "case", decidedBy: "screening", basis: "screening" },
  TraffickingStatusRevised: { status: "case", decidedBy: "screening", basis: "screening", supersedes: "case" },
  TraffickingHistoryEventRecorded: "screening",
  ...of("consent", "ConsentGiven", "ConsentRefused", "ConsentNarrowed", "ConsentWithdrawn", "EmergencyProcessingInvoked"),
  ...of("closure", "CaseClosureRequested", "CaseClosureApproved", "CaseClosureRejected"),
  CaseClosed: { reason: "closure", episode: "case", remainsIn: "location of its shelter" },
  CaseReopened: { reason: "closure", episode: "case" },
  ...of("location of its shelter", "PlacedInShelter", "ShelterPlacementEnded", "BedKeptInShelter", "KeptBedGivenUp"),
  ShelterRegistered: { code: "capacity", region: "capacity", shelter: "location" },
  ...of("capacity", "ShelterVetted", "CapacityChanged", "BedTakenOutOfService", "BedRestored"),
  BedReserved: { reservation: "location", caseId: "location", bed: "stay", until: "stay" },
  ReservationReleased: { reservation: "location", caseId: "location" },
  ResidentAdmitted: { stay: "location", caseId: "location", ...stay },
  ResidentMoved: { stay: "location", ...stay },
  LeaveGranted: { stay: "location", until: "stay" },
  ResidentReturned: { stay: "location" },
  ResidentDischarged: { stay: "location", caseId: "location", exitType: "stay" },
  ...of("access", "PersonalDataDisclosed", "AccessDenied", "AskedInVain"),
  ...of("imports", "ImportOpened", "ImportApproved", "ImportEnded"),
};
