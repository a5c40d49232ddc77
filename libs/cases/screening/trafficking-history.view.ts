import { Code, Codes, Count, Inner, Key, Moment, Text, ViewOf, Words } from "#projection/declare/columns.js";
import { newest, withPart } from "#projection/declare/newest.js";
import { Sealed, SealedList, Shape, Structures } from "#projection/declare/shapes.js";
import { sealedPart, view } from "#projection/declare/view.js";
import type { SealedPart } from "#seal/sealed.js";
import { cases } from "../cases.js";
import * as codes from "../vocabulary.js";
import * as history from "./vocabulary.js";

@Shape("Station")
class Station {
  @Text({ area: "screening", description: "Where it was and what happened there has the same `fact` among the accounts" }) fact!: string;
  @Code(codes.historyEventTypes, { area: "screening" }) event!: codes.HistoryEventType;
  @Text({ area: "screening" }) country!: string;
  @Text({ area: "screening", description: "A day, or as much of it as is known: `2024-05`, `2024`" }) date!: string;
}

@Shape("StationAccount")
class StationAccount {
  @Words() fact!: string;
  @Words() type!: string;
  @Words() place!: string;
  @Words() description!: string;
}

@Shape("TraffickingDetails")
class TraffickingDetails {
  @Count() ageWhenTrafficked!: number;
  @Count() durationMonths!: number;
  @Codes(history.sexualExploitations) sexualExploitation!: history.SexualExploitation[];
  @Codes(history.websites) recruitmentWebsites!: history.Website[];
  @Codes(history.websites) exploitationWebsites!: history.Website[];
  @Words() profiles!: string;
}

/** What happened to her, station by station, and how she was recruited, for which work, at what age and for how long. */
@ViewOf("CaseTraffickingHistory", { concerns: ["case", "id"] })
export class CaseTraffickingHistoryView {
  @Key() id!: string;
  @Structures(Station, { description: "By day, without places" }) stations!: Station[];
  @SealedList("narrative", StationAccount, { description: "Where a station was, and what happened there" }) accounts!: SealedPart[];
  @Moment({ area: "screening", optional: true, description: "When the rest was told last" }) toldAt!: string | null;
  @Codes(history.recruitmentMethods, { area: "screening" }) recruitmentMethods!: history.RecruitmentMethod[];
  @Codes(history.industries, { area: "screening", description: "In which work, by the sections of ISIC" }) industries!: history.Industry[];
  @Codes(history.landIndustries, { area: "screening" }) landIndustries!: history.LandIndustry[];
  @Code(codes.ageBands, { area: "screening", optional: true, description: "How old she was when it began" })
  ageBandWhenTrafficked!: codes.AgeBand | null;
  @Code(history.durations, { area: "screening", optional: true, description: "How long it went on" }) duration!: history.Duration | null;
  @Sealed("narrative", TraffickingDetails, { description: "What describes her" }) details!: SealedPart | null;
  /** When these were told: codes, age, duration, details. */
  @Inner() since!: Record<string, string>;
}

const nothingYet = (id: string): CaseTraffickingHistoryView => ({
  ...{ id, stations: [], accounts: [], toldAt: null, recruitmentMethods: [], industries: [], landIndustries: [] },
  ...{ ageBandWhenTrafficked: null, duration: null, details: null, since: {} },
});

const byDay = (one: Station, other: Station): number => (one.date < other.date ? -1 : Number(one.date > other.date));

export const caseTraffickingHistoryView = view(cases)(CaseTraffickingHistoryView, {
  version: 2,
  key: ({ streamId }) => streamId,
  project: {
    TraffickingHistoryEventRecorded: (row, fact) => {
      const before = row ?? nothingYet(fact.streamId);
      const account = sealedPart(fact, "narrative");
      return {
        ...before,
        stations: [...before.stations, { fact: fact.id, ...fact.data }].toSorted(byDay),
        accounts: account ? [...before.accounts, account] : before.accounts,
      };
    },
    TraffickingDetailsRecorded: (row, fact) => {
      const { removed: _, ageBandWhenTrafficked: age, duration, ...codesTold } = fact.data;
      const told = newest(row ?? nothingYet(fact.streamId), "codes", fact.at, { ...codesTold, toldAt: fact.at });
      const aged = age === undefined ? told : newest(told, "age", fact.at, { ageBandWhenTrafficked: age });
      const lasting = duration === undefined ? aged : newest(aged, "duration", fact.at, { duration });
      return withPart(lasting, "details", fact, "narrative");
    },
  },
});
