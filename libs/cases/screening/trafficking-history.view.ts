import { Code, Key, Text, ViewOf, Words } from "#projection/declare/columns.js";
import { SealedList, Shape, Structures } from "#projection/declare/shapes.js";
import { sealedPart, view } from "#projection/declare/view.js";
import type { SealedPart } from "#seal/sealed.js";
import { cases } from "../cases.js";
import * as codes from "../vocabulary.js";

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

/** What happened to her, station by station. */
@ViewOf("CaseTraffickingHistory", { concerns: ["case", "id"] })
export class CaseTraffickingHistoryView {
  @Key() id!: string;
  @Structures(Station, { description: "By day, without places" }) stations!: Station[];
  @SealedList("narrative", StationAccount, { description: "Where a station was, and what happened there" }) accounts!: SealedPart[];
}

const byDay = (one: Station, other: Station): number => (one.date < other.date ? -1 : Number(one.date > other.date));

export const caseTraffickingHistoryView = view(cases)(CaseTraffickingHistoryView, {
  version: 1,
  key: ({ streamId }) => streamId,
  project: {
    TraffickingHistoryEventRecorded: (row, fact) => {
      const { stations, accounts } = row ?? { stations: [], accounts: [] };
      const account = sealedPart(fact, "narrative");
      return {
        id: fact.streamId,
        stations: [...stations, { fact: fact.id, ...fact.data }].toSorted(byDay),
        accounts: account ? [...accounts, account] : accounts,
      };
    },
  },
});
