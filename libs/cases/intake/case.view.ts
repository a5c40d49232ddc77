import { theShelter } from "#access/areas.js";
import { Code, Codes, Count, Flag, Inner, Key, Moment, Reference, Text, ViewOf } from "#projection/declare/columns.js";
import { view, type Project } from "#projection/declare/view.js";
import type { FactsOf } from "#projection/declare/view.js";
import { newest } from "#projection/declare/newest.js";
import { regions, type Region } from "#vocabulary/regions.js";
import { cases } from "../cases.js";
import { stageOf, stages, type Screened, type Stage } from "../stage.js";
import * as codes from "../vocabulary.js";

/** A line of the case list: codes and times only, so that a list discloses nobody. */
@ViewOf("Case", {
  about: ["case", "id"],
  concerns: ["case", "id"],
  indexes: [
    ["openedAt", "id"],
    ["stage", "openedAt", "id"],
    ["openedBy", "openedAt", "id"],
    ["region", "openedAt", "id"],
    ["urgency", "openedAt", "id"],
    ["sex", "openedAt", "id"],
    ["isChild", "openedAt", "id"],
    ["ageQuestioned", "openedAt", "id"],
    ["traffickingStatus", "openedAt", "id"],
    ["exploitations", "openedAt", "id"],
    ["shelter", "openedAt", "id"],
  ],
})
export class CaseView {
  @Key() id!: string;
  @Code(stages, { area: "case" }) stage!: Stage;
  @Moment({ area: "case" }) openedAt!: string;
  @Text({ area: "case", description: "Who opened it" }) openedBy!: string;
  @Code(codes.contactSources, { area: "case" }) source!: codes.ContactSource;
  @Code(codes.urgencies, { area: "case", description: "How soon she needs help, as it was told last" }) urgency!: codes.Urgency;
  @Code(regions, { area: "case" }) region!: Region;
  @Code(codes.sexes, { area: "demographic" }) sex!: codes.Sex;
  @Code(codes.ageBands, { area: "demographic" }) ageBand!: codes.AgeBand;
  @Flag({
    area: "demographic",
    description: "As her age was told or assessed last, or since she came of age by it",
  })
  isChild!: boolean;
  @Flag({ area: "demographic", description: "What else is known contradicts her age as it was told or assessed: an assessment is owed" })
  ageQuestioned!: boolean;
  @Code(codes.traffickingStatuses, { area: "case", optional: true }) traffickingStatus!: codes.TraffickingStatus | null;
  @Codes(codes.exploitations, { area: "screening" }) exploitations!: codes.Exploitation[];
  @Reference({ area: theShelter, optional: true, description: "The shelter she stays in, for its own staff" }) shelter!: string | null;
  @Count({ area: "case" }) episode!: number;
  @Code(codes.closureReasons, { area: "closure", optional: true }) closureReason!: codes.ClosureReason | null;
  @Moment({ area: "case", optional: true }) closedAt!: string | null;
  @Count({ area: "case", description: "Send it as `If-Match` with the next change" }) revision!: number;
  @Inner("uuid", { optional: true }) stay!: string | null;
  @Inner("text") screened!: Screened;
  @Inner("text") closing!: "Open" | "ClosureRequested" | "Closed";
  @Inner("boolean") followedUp!: boolean;
  /** When these were so: urgency, isChild, traffickingStatus, exploitations, shelter. */
  @Inner() since!: Record<string, string>;
}

/** The row with its stage, after screening has come further or the closing of the case has taken a step. */
const staged = (row: CaseView, step: Partial<Pick<CaseView, "screened" | "closing" | "followedUp">>): CaseView => {
  const { screened, closing, followedUp } = { ...row, ...step };
  return { ...row, screened, closing, followedUp, stage: stageOf(screened, closing, followedUp) };
};

const looksLikeAChild = (ageBand: codes.AgeBand): boolean => ageBand === "0-8" || ageBand === "9-17";

/** What each fact changes in the line of the list; every other fact only moves the revision. */
const project: Project<CaseView, FactsOf<typeof cases>> = {
  CaseOpened: (_, { streamId, revision, at, metadata: { by }, data: { source, urgency, region, sex, ageBand } }) => ({
    id: streamId,
    stage: "Draft",
    openedAt: at,
    openedBy: by.id,
    source,
    urgency,
    region,
    sex,
    ageBand,
    isChild: looksLikeAChild(ageBand),
    ageQuestioned: false,
    traffickingStatus: null,
    exploitations: [],
    shelter: null,
    stay: null,
    screened: "Draft",
    closing: "Open",
    followedUp: false,
    since: {},
    episode: 1,
    closureReason: null,
    closedAt: null,
    revision: Number(revision),
  }),
  FirstContactSupplemented: (row, { data: { sex, ageBand } }) =>
    row && {
      ...row,
      ...(sex && { sex }),
      ...(ageBand && { ageBand, isChild: row.since["isChild"] ? row.isChild : looksLikeAChild(ageBand) }),
    },
  UrgencyChanged: (row, { at, data: { to } }) => row && newest(row, "urgency", at, { urgency: to }),
  AgeQuestioned: (row, { at }) => row && newest(row, "isChild", at, { isChild: true, ageQuestioned: true }),
  AgeAssessed: (row, { at, data: { isChild } }) => row && newest(row, "isChild", at, { isChild, ageQuestioned: false }),
  CameOfAge: (row, { at }) => row && newest(row, "isChild", at, { isChild: false }),
  ScreeningStarted: (row) => row && staged(row, { screened: row.screened === "Draft" ? "Screening" : row.screened }),
  ScreeningCompleted: (row, { at, data: { exploitations } }) =>
    row && staged(newest(row, "exploitations", at, { exploitations }), { screened: "Open" }),
  TraffickingStatusDetermined: (row, { at, data: { status } }) =>
    row && newest(row, "traffickingStatus", at, { traffickingStatus: status }),
  TraffickingStatusRevised: (row, { at, data: { status } }) => row && newest(row, "traffickingStatus", at, { traffickingStatus: status }),
  CaseClosureRequested: (row) => row && staged(row, { closing: "ClosureRequested" }),
  CaseClosureRejected: (row) => row && staged(row, { closing: "Open" }),
  CaseClosed: (row, { at, data: { reason } }) =>
    row && { ...staged(row, { closing: "Closed", followedUp: false }), closureReason: reason, closedAt: at },
  CaseReopened: (row, { data: { episode } }) =>
    row && { ...staged(row, { closing: "Open" }), episode, closureReason: null, closedAt: null },
  FollowUpStarted: (row) => row && staged(row, { followedUp: true }),
  SupportResumed: (row) => row && staged(row, { followedUp: false }),
  PlacedInShelter: (row, { at, data: { shelter, stay } }) => row && newest(row, "shelter", at, { shelter, stay }),
  ShelterPlacementEnded: (row, { data: { stay } }) => (row?.stay === stay ? { ...row, shelter: null, stay: null } : row),
};

export const caseView = view(cases)(CaseView, {
  version: 6,
  key: ({ streamId }) => streamId,
  project,
  always: (row, { revision }) => ({ ...row, revision: Number(revision) }),
});
