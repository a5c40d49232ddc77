import { theShelter } from "#access/areas.js";
import { Code, Codes, Count, Flag, Inner, Key, Moment, Reference, ViewOf } from "#projection/columns.js";
import { view, type Project } from "#projection/view.js";
import type { FactsOf } from "#projection/view.js";
import { newest } from "#projection/newest.js";
import { cases } from "../cases.js";
import * as codes from "../vocabulary.js";

export const stages = ["Draft", "Screening", "Open", "ClosureRequested", "Closed"] as const;
type Stage = (typeof stages)[number];

/** A line of the case list: codes and times only, so that a list discloses nobody. */
@ViewOf("Case", {
  about: ["case", "id"],
  indexes: [
    ["openedAt", "id"],
    ["stage", "openedAt", "id"],
    ["region", "openedAt", "id"],
    ["sex", "openedAt", "id"],
    ["isChild", "openedAt", "id"],
    ["traffickingStatus", "openedAt", "id"],
    ["exploitations", "openedAt", "id"],
    ["shelter", "openedAt", "id"],
  ],
})
export class CaseView {
  @Key() id!: string;
  @Code(stages, { area: "case" }) stage!: Stage;
  @Moment({ area: "case" }) openedAt!: string;
  @Code(codes.contactSources, { area: "case" }) source!: codes.ContactSource;
  @Code(codes.urgencies, { area: "case" }) urgency!: codes.Urgency;
  @Code(codes.regions, { area: "case" }) region!: codes.Region;
  @Code(codes.sexes, { area: "demographic" }) sex!: codes.Sex;
  @Code(codes.ageBands, { area: "demographic" }) ageBand!: codes.AgeBand;
  @Flag({
    area: "demographic",
    description: "As her age was told or assessed last; she may have come of age since. Rules ask at the moment they decide",
  })
  isChild!: boolean;
  @Code(codes.traffickingStatuses, { area: "case", optional: true }) traffickingStatus!: codes.TraffickingStatus | null;
  @Codes(codes.exploitations, { area: "screening" }) exploitations!: codes.Exploitation[];
  @Reference({ area: theShelter, optional: true, description: "The shelter she stays in, for its own staff" }) shelter!: string | null;
  @Count({ area: "case" }) episode!: number;
  @Code(codes.closureReasons, { area: "closure", optional: true }) closureReason!: codes.ClosureReason | null;
  @Moment({ area: "case", optional: true }) closedAt!: string | null;
  @Count({ area: "case", description: "Send it as `If-Match` with the next change" }) revision!: number;
  @Inner("uuid", { optional: true }) stay!: string | null;
  /** When these were so: isChild, traffickingStatus, exploitations, shelter. */
  @Inner() since!: Record<string, string>;
}

const begun: readonly Stage[] = ["Draft", "Screening"];

/** What each fact changes in the line of the list; every other fact only moves the revision. */
const project: Project<CaseView, FactsOf<typeof cases>> = {
  CaseOpened: (_, { streamId, revision, at, data: { source, urgency, region, sex, ageBand } }) => ({
    ...{
      id: streamId,
      stage: "Draft",
      openedAt: at,
      source,
      urgency,
      region,
      sex,
      ageBand,
      isChild: ageBand === "0-8" || ageBand === "9-17",
    },
    ...{
      traffickingStatus: null,
      exploitations: [],
      shelter: null,
      stay: null,
      since: {},
      episode: 1,
      closureReason: null,
      closedAt: null,
      revision: Number(revision),
    },
  }),
  AgeAssessed: (row, { at, data: { isChild } }) => row && newest(row, "isChild", at, { isChild }),
  ScreeningStarted: (row) => row && { ...row, stage: row.stage === "Draft" ? "Screening" : row.stage },
  ScreeningCompleted: (row, { at, data: { exploitations } }) =>
    row && { ...newest(row, "exploitations", at, { exploitations }), stage: begun.includes(row.stage) ? "Open" : row.stage },
  TraffickingStatusDetermined: (row, { at, data: { status } }) =>
    row && newest(row, "traffickingStatus", at, { traffickingStatus: status }),
  TraffickingStatusRevised: (row, { at, data: { status } }) => row && newest(row, "traffickingStatus", at, { traffickingStatus: status }),
  CaseClosureRequested: (row) => row && { ...row, stage: "ClosureRequested" },
  CaseClosureRejected: (row) => row && { ...row, stage: "Open" },
  CaseClosed: (row, { at, data: { reason } }) => row && { ...row, stage: "Closed", closureReason: reason, closedAt: at },
  CaseReopened: (row, { data: { episode } }) => row && { ...row, stage: "Open", episode, closureReason: null, closedAt: null },
  PlacedInShelter: (row, { at, data: { shelter, stay } }) => row && newest(row, "shelter", at, { shelter, stay }),
  ShelterPlacementEnded: (row, { data: { stay } }) => (row?.stay === stay ? { ...row, shelter: null, stay: null } : row),
};

export const caseView = view(cases)(CaseView, {
  version: 2,
  key: ({ streamId }) => streamId,
  project,
  always: (row, { revision }) => ({ ...row, revision: Number(revision) }),
});
