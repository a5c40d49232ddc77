import { inTheShelter } from "#access/areas.js";
import { Code, Codes, Count, Inner, Key, Moment, Sealed, SealedList, Structure, Structures, ViewOf } from "#projection/declare/columns.js";
import { newest, withPart } from "#projection/declare/newest.js";
import { sealedPart, view } from "#projection/declare/view.js";
import { inserted } from "#kernel/in-time.js";
import type { SealedPart } from "#seal/sealed.js";
import { explanationArea } from "../break-glass/areas.js";
import { cases } from "../cases.js";
import * as codes from "../vocabulary.js";

interface DeterminedStatus {
  readonly at: string;
  readonly status: codes.TraffickingStatus;
}
interface Station {
  /** By which its note is found. */
  readonly fact: string;
  readonly date: string;
}

/** One case in full. Personal data is sealed in the table, and opened class by class for who may see it. */
@ViewOf("CaseFile", { about: ["case", "id"], concerns: ["case", "id"] })
export class CaseFileView {
  @Key() id!: string;
  @Count({ area: "case" }) revision!: number;
  @Moment({ area: "case" }) openedAt!: string;
  @Codes(codes.languages, { area: "demographic" }) languages!: codes.Language[];
  @Structure({ area: "screening", optional: true }) screening!: object | null;
  @Code(codes.traffickingStatuses, { area: "case", optional: true }) traffickingStatus!: codes.TraffickingStatus | null;
  @Structures({ area: "screening", description: "Every decision, with who took it and when" }) determinations!: DeterminedStatus[];
  @Structures({ area: "screening", description: "Stations of what happened, by day, without places" }) traffickingHistory!: Station[];
  @Structure({ area: inTheShelter, optional: true, description: "Where she stays: shelter and stay; for the staff of that shelter" })
  placement!: object | null;
  @Sealed("identity") identity!: SealedPart | null;
  @Sealed("contact") contact!: SealedPart | null;
  @Sealed("narrative", { description: "Immediate needs, as told at first contact" }) immediateNeeds!: SealedPart | null;
  @Sealed("narrative", { description: "What she told in the screening" }) account!: SealedPart | null;
  @Sealed("perpetrator") perpetrator!: SealedPart | null;
  @SealedList("narrative", {
    description:
      "What was said with a fact: where a station was and what happened there, why she withdrew, what whoever handed the case over has to say",
  })
  notes!: SealedPart[];
  @SealedList(explanationArea, { description: "Why somebody looked into the case in an emergency, for whoever reviews that" })
  emergencies!: SealedPart[];
  /** When these were told or begun: languages, identity, contact, screening, account, perpetrator, placement. */
  @Inner() since!: Record<string, string>;
}

const decided = (row: CaseFileView, at: string, data: { status: codes.TraffickingStatus }): CaseFileView => {
  const determinations = [...inserted(row.determinations, { at, ...data })];
  return { ...row, traffickingStatus: determinations.at(-1)!.status, determinations };
};
const noted = (row: CaseFileView, fact: Parameters<typeof sealedPart>[0]): CaseFileView => {
  const note = sealedPart(fact, "narrative");
  return note ? { ...row, notes: [...row.notes, note] } : row;
};
const byDay = (one: Station, other: Station): number => (one.date < other.date ? -1 : Number(one.date > other.date));

export const caseFileView = view(cases)(CaseFileView, {
  version: 5,
  key: ({ streamId }) => streamId,
  project: {
    CaseOpened: (_, fact) => ({
      id: fact.streamId,
      revision: 0,
      openedAt: fact.at,
      languages: fact.data.language ? [fact.data.language] : [],
      screening: null,
      traffickingStatus: null,
      determinations: [],
      traffickingHistory: [],
      placement: null,
      identity: null,
      contact: null,
      immediateNeeds: sealedPart(fact, "narrative"),
      account: null,
      perpetrator: null,
      notes: [],
      emergencies: [],
      since: {},
    }),
    IdentityRecorded: (row, fact) =>
      row && withPart(newest(row, "languages", fact.at, { languages: fact.data.languages }), "identity", fact, "identity"),
    ContactRecorded: (row, fact) => row && withPart(row, "contact", fact, "contact"),
    ScreeningCompleted: (row, fact) => {
      const { removed: _, ...screening } = fact.data;
      if (!row) return row;
      const found = newest(row, "screening", fact.at, { screening });
      return withPart(withPart(found, "account", fact, "narrative"), "perpetrator", fact, "perpetrator");
    },
    TraffickingStatusDetermined: (row, { at, data }) => row && decided(row, at, data),
    TraffickingStatusRevised: (row, { at, data }) => row && decided(row, at, data),
    TraffickingHistoryEventRecorded: (row, fact) =>
      row && noted({ ...row, traffickingHistory: [...row.traffickingHistory, { fact: fact.id, ...fact.data }].toSorted(byDay) }, fact),
    ConsentWithdrawn: (row, fact) => row && noted(row, fact),
    WorkerAssigned: (row, fact) => row && noted(row, fact),
    BreakGlassInvoked: (row, fact) => row && { ...row, emergencies: [...row.emergencies, sealedPart(fact, explanationArea)!] },
    CaseClosureApproved: (row, fact) => row && noted(row, fact),
    CaseClosureRejected: (row, fact) => row && noted(row, fact),
    PlacedInShelter: (row, { at, data: { shelter, stay } }) => row && newest(row, "placement", at, { placement: { shelter, stay } }),
    ShelterPlacementEnded: (row, { data: { stay } }) =>
      row && { ...row, placement: (row.placement as { stay?: string } | null)?.stay === stay ? null : row.placement },
  },
  always: (row, { revision }) => ({ ...row, revision: Number(revision) }),
});
