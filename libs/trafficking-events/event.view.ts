import { v5 as uuidv5 } from "uuid";
import { Code, Count, Inner, Key, Moment, Reference, Text, ViewOf, Words } from "#projection/declare/columns.js";
import { Sealed, SealedList, Shape } from "#projection/declare/shapes.js";
import { sealedPart, view } from "#projection/declare/view.js";
import type { SealedPart } from "#seal/sealed.js";
import { regions, type Region } from "#vocabulary/regions.js";
import { eventArea as area } from "./areas.js";
import { traffickingEvents } from "./trafficking-events.js";
import * as codes from "./vocabulary.js";

@Shape("TraffickingEventAccount")
class TraffickingEventAccount {
  @Words() account!: string;
}
@Shape("Allegation")
class Allegation {
  @Words() fact!: string;
  @Words() type!: string;
  @Words() description!: string;
}

/** What happened to several people at once: how many cases it is about, and not which. */
@ViewOf("TraffickingEvent", {
  about: ["trafficking-event", "id"],
  concerns: ["trafficking-event", "id"],
  indexes: [
    ["recordedAt", "id"],
    ["kind", "recordedAt", "id"],
    ["reportingEntity", "recordedAt", "id"],
  ],
})
export class TraffickingEventView {
  @Key() id!: string;
  @Count({ area, description: "Send it as `If-Match` with the next change" }) revision!: number;
  @Code(codes.eventKinds, { area }) kind!: codes.EventKind;
  @Text({ area, description: "ISO 3166-1 alpha-2" }) country!: string;
  @Code(regions, { area, optional: true }) region!: Region | null;
  @Text({ area, description: "A day, or as much of it as is known: `2024-05`, `2024`" }) date!: string;
  @Code(codes.reportingEntities, { area, description: "What kind of body reported it" }) reportingEntity!: codes.ReportingEntity;
  @Moment({ area }) recordedAt!: string;
  @Text({ area, description: "Who recorded it" }) recordedBy!: string;
  @Count({ area, description: "How many cases are part of it" }) caseCount!: number;
  @Count({ area, description: "How many people are alleged to have done it" }) allegationCount!: number;
  @Sealed("narrative", TraffickingEventAccount) account!: SealedPart | null;
  @SealedList("perpetrator", Allegation, { description: "What is alleged, of whom" }) allegations!: SealedPart[];
  /** The fact of each allegation that stands, by the allegation's id. */
  @Inner() told!: Record<string, string>;
}

export const traffickingEventView = view(traffickingEvents)(TraffickingEventView, {
  version: 1,
  key: ({ streamId }) => streamId,
  project: {
    TraffickingEventRecorded: (_, fact) => {
      const { kind, country, region = null, date, reportingEntity } = fact.data;
      return {
        ...{ id: fact.streamId, revision: 0, kind, country, region, date, reportingEntity },
        ...{ recordedAt: fact.at, recordedBy: fact.metadata.by.id, caseCount: 0, allegationCount: 0 },
        ...{ account: sealedPart(fact, "narrative"), allegations: [], told: {} },
      };
    },
    CaseLinkedToEvent: (row) => row && { ...row, caseCount: row.caseCount + 1 },
    CaseUnlinkedFromEvent: (row) => row && { ...row, caseCount: row.caseCount - 1 },
    PerpetratorAlleged: (row, fact) => {
      const part = sealedPart(fact, "perpetrator");
      const told = row && { ...row.told, [fact.data.allegation]: fact.id };
      return row && part && { ...row, told: told!, allegationCount: row.allegationCount + 1, allegations: [...row.allegations, part] };
    },
    AllegationWithdrawn: (row, { data: { allegation } }) => {
      if (!row) return row;
      const { [allegation]: fact, ...told } = row.told;
      const allegations = row.allegations.filter(({ event }) => event !== fact);
      return { ...row, told, allegations, allegationCount: allegations.length };
    },
  },
  always: (row, { revision }) => ({ ...row, revision: Number(revision) }),
});

/** That a case is part of an event: for those who stand to that case, so that one case leads to no other. */
@ViewOf("EventCase", {
  about: ["case", "caseId"],
  concerns: ["case", "caseId"],
  indexes: [
    ["linkedAt", "id"],
    ["caseId", "linkedAt", "id"],
    ["event", "linkedAt", "id"],
  ],
})
export class EventCaseView {
  @Key() id!: string;
  @Reference({ area, description: "The event: for those who work with it" }) event!: string;
  @Reference({ area }) caseId!: string;
  @Moment({ area }) linkedAt!: string;
}

export const eventCaseView = view(traffickingEvents)(EventCaseView, {
  version: 1,
  key: ({ id, streamId, data }) => ("caseId" in data ? uuidv5(data.caseId, streamId) : id),
  project: {
    CaseLinkedToEvent: (_, { streamId, at, data: { caseId } }) => ({
      ...{ id: uuidv5(caseId, streamId), event: streamId, caseId, linkedAt: at },
    }),
    CaseUnlinkedFromEvent: () => null,
  },
});
