import { may, related } from "#access/decide.js";
import { change, creation, type AlsoOf } from "#api/changes/changes.js";
import { live } from "#api/live/live.js";
import { list, one } from "#api/reads/reads.js";
import type { Aggregate } from "#kernel/kernel.js";
import type { View } from "#projection/declare/view.js";
import { topic, topicsOf } from "#topics/topic.js";
import { eventArea, eventCaseIdArea } from "./areas.js";
import { traffickingEvent } from "./event.js";
import { ofItsOrganisation, worksWithIt } from "./event.relation.js";
import { eventCaseView, traffickingEventView } from "./event.view.js";
import { traffickingEventVocabularies } from "./labels.js";
import * as recording from "./recording.js";
import { traffickingEvents } from "./trafficking-events.js";

/** What it has to know of cases. */
export interface EventNeeds {
  readonly ofCase: AlsoOf<"caseId", recording.CaseOfEvent>;
  /** Cases as they are kept: a wall around one of them stands around the event as well. */
  readonly cases: Aggregate<any, any>;
  /** The views whose rows are a case each. */
  readonly caseRows: () => readonly View<any, any>[];
}

const write = may("write", eventArea);
const read = may("read", eventArea, "CaseManagement", "Oversight");

const eventTopicWith = ({ ofCase, caseRows }: EventNeeds) =>
  topic(traffickingEvents, traffickingEvent, {
    state: {
      ...{ subject: "narrative", recordedAt: eventArea, recordedBy: eventArea, organisation: eventArea, workers: eventArea },
      cases: { caseId: eventCaseIdArea, since: eventArea },
      allegations: eventArea,
    },
    facts: {
      TraffickingEventRecorded: {
        ...{ subject: "narrative", kind: eventArea, country: eventArea, region: eventArea },
        ...{ date: eventArea, reportingEntity: eventArea },
      },
      TraffickingEventShared: eventArea,
      TraffickingEventUnshared: eventArea,
      CaseLinkedToEvent: { caseId: eventCaseIdArea },
      CaseUnlinkedFromEvent: { caseId: eventCaseIdArea, reason: eventArea },
      PerpetratorAlleged: eventArea,
      AllegationWithdrawn: eventArea,
    },
    changes: {
      Identification: [
        creation(recording.recordTraffickingEvent, recording.RecordTraffickingEvent, write),
        change(recording.shareTraffickingEvent, recording.ShareTraffickingEvent, write),
        change(recording.unshareTraffickingEvent, recording.UnshareTraffickingEvent, write),
        change(recording.linkCaseToEvent, recording.LinkCaseToEvent, write, { ofCase }),
        change(recording.unlinkCaseFromEvent, recording.UnlinkCaseFromEvent, write, { ofCase }),
        change(recording.allegePerpetrator, recording.AllegePerpetrator, may("write", "perpetrator")),
        change(recording.withdrawAllegation, recording.WithdrawAllegation, write),
      ],
    },
    views: [traffickingEventView, eventCaseView],
    lists: [
      list(traffickingEventView, {
        name: "traffickingEvents",
        permission: read,
        filters: ["kind", "reportingEntity"],
        sorts: ["-recordedAt", "recordedAt"],
      }),
      list(eventCaseView, {
        name: "eventCases",
        permission: read,
        filters: ["caseId", "event"],
        sorts: ["-linkedAt", "linkedAt"],
        below: { caseId: caseRows, event: () => [traffickingEventView] },
      }),
    ],
    reads: (about) => [
      one(about, traffickingEventView, { name: "traffickingEvent", path: "trafficking-events", permission: read }),
      live(about, traffickingEventView, { name: "traffickingEventLive", path: "trafficking-events", permission: read }),
    ],
    relations: [worksWithIt, ofItsOrganisation],
    vocabularies: traffickingEventVocabularies,
  });

/** Events that several cases may share: for whoever works with them, and the supervisors of the organisation that recorded them. */
export const traffickingEventTopicsWith = (needs: EventNeeds) =>
  topicsOf(
    traffickingEvents,
    { traffickingEvent: eventTopicWith(needs) },
    {
      belongsTo: () => related,
      subject: (state) => state.traffickingEvent.subject,
      keptOutBy: { of: needs.cases, named: (state) => state.traffickingEvent.cases.map(({ caseId }) => caseId) },
      history: may("read", eventArea, "CaseManagement", "Oversight"),
      access: may("read", "access", "Oversight"),
    },
  );
