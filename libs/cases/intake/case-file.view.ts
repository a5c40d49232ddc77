import { inTheShelter } from "#access/areas.js";
import { Code, Codes, Count, Key, Moment, Sealed, Structure, ViewOf } from "#projection/columns.js";
import { keptPart, sealedPart, view } from "#projection/view.js";
import type { SealedPart } from "#seal/sealed.js";
import { cases } from "../cases.js";
import * as codes from "../vocabulary.js";

/** One case in full. Personal data is sealed in the table, and opened class by class for who may see it. */
@ViewOf("CaseFile", { about: ["case", "id"] })
export class CaseFileView {
  @Key() id!: string;
  @Count({ area: "case" }) revision!: number;
  @Moment({ area: "case" }) openedAt!: string;
  @Codes(codes.languages, { area: "demographic" }) languages!: codes.Language[];
  @Structure({ area: "screening", optional: true }) screening!: object | null;
  @Code(codes.traffickingStatuses, { area: "case", optional: true }) traffickingStatus!: codes.TraffickingStatus | null;
  @Structure({ area: "screening", description: "Every decision, with who took it and when" }) determinations!: object[];
  @Structure({ area: "screening", description: "Stations of what happened, without places" }) traffickingHistory!: object[];
  @Structure({ area: inTheShelter, optional: true, description: "Where she stays: shelter and stay; for the staff of that shelter" })
  placement!: object | null;
  @Sealed("identity") identity!: SealedPart | null;
  @Sealed("contact") contact!: SealedPart | null;
  @Sealed("narrative", { description: "Immediate needs, as told at first contact" }) immediateNeeds!: SealedPart | null;
  @Sealed("narrative", { description: "What she told in the screening" }) account!: SealedPart | null;
  @Sealed("perpetrator") perpetrator!: SealedPart | null;
}

const decided = (row: CaseFileView, at: string, data: { status: codes.TraffickingStatus }): CaseFileView => ({
  ...row,
  traffickingStatus: data.status,
  determinations: [...row.determinations, { at, ...data }],
});

export const caseFileView = view(cases)(CaseFileView, {
  version: 2,
  key: ({ streamId }) => streamId,
  project: {
    CaseOpened: (_, fact) => ({
      ...{ id: fact.streamId, revision: 0, openedAt: fact.at, languages: fact.data.language ? [fact.data.language] : [] },
      ...{ screening: null, traffickingStatus: null, determinations: [], traffickingHistory: [], placement: null },
      ...{ identity: null, contact: null, immediateNeeds: sealedPart(fact, "narrative"), account: null, perpetrator: null },
    }),
    IdentityRecorded: (row, fact) => row && { ...row, languages: fact.data.languages, identity: keptPart(row.identity, fact, "identity") },
    ContactRecorded: (row, fact) => row && { ...row, contact: keptPart(row.contact, fact, "contact") },
    ScreeningCompleted: (row, fact) => {
      const { removed: _, ...screening } = fact.data;
      const [account, perpetrator] = [
        keptPart(row?.account ?? null, fact, "narrative"),
        keptPart(row?.perpetrator ?? null, fact, "perpetrator"),
      ];
      return row && { ...row, screening, account, perpetrator };
    },
    TraffickingStatusDetermined: (row, { at, data }) => row && decided(row, at, data),
    TraffickingStatusRevised: (row, { at, data }) => row && decided(row, at, data),
    TraffickingHistoryEventRecorded: (row, { data }) => row && { ...row, traffickingHistory: [...row.traffickingHistory, data] },
    PlacedInShelter: (row, { data: { shelter, stay } }) => row && { ...row, placement: { shelter, stay } },
    ShelterPlacementEnded: (row, { data: { stay } }) =>
      row && { ...row, placement: (row.placement as { stay?: string } | null)?.stay === stay ? null : row.placement },
  },
  always: (row, { revision }) => ({ ...row, revision: Number(revision) }),
});
