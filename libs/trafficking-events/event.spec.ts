import "reflect-metadata";
import { given, on } from "#kernel/given.js";
import { rowAfter, told } from "#projection/declare/given.js";
import type { TraffickingEventFact } from "./event.js";
import { eventCaseView, traffickingEventView } from "./event.view.js";
import {
  allegePerpetrator,
  linkCaseToEvent,
  recordTraffickingEvent,
  shareTraffickingEvent,
  unlinkCaseFromEvent,
  unshareTraffickingEvent,
  withdrawAllegation,
} from "./recording.js";
import { traffickingEvents } from "./trafficking-events.js";

const raid = { kind: "Raid", country: "TZ", region: "Kigoma", date: "2026-01", reportingEntity: "Police" } as const;
const recorded: TraffickingEventFact = { type: "TraffickingEventRecorded", data: { subject: "id-1", ...raid } };
const linked = (caseId: string): TraffickingEventFact => ({ type: "CaseLinkedToEvent", data: { caseId } });
const unlinked = (caseId: string): TraffickingEventFact => ({ type: "CaseUnlinkedFromEvent", data: { caseId, reason: "NotPartOfIt" } });
const alleged: TraffickingEventFact = {
  type: "PerpetratorAlleged",
  data: { allegation: "id-1" },
  personal: { "id-1": { perpetrator: { description: "Invented allegation" } } },
};
const withdrawn: TraffickingEventFact = { type: "AllegationWithdrawn", data: { allegation: "id-1", reason: "NotTrue" } };
const shared: TraffickingEventFact = { type: "TraffickingEventShared", data: { worker: "baraka" } };
const unshared: TraffickingEventFact = { type: "TraffickingEventUnshared", data: { worker: "baraka" } };
const ofCase = { also: { ofCase: { openedAt: "2026-01-05T08:00:00.000Z" } } };

describe("a raid in which several people were found", () => {
  test("is recorded in codes, and what was told of it sealed", () => {
    given(traffickingEvents)
      .when(recordTraffickingEvent, { ...raid, account: "Invented account" })
      .then({ ...recorded, personal: { "id-1": { narrative: { account: "Invented account" } } } } as TraffickingEventFact);
    given(traffickingEvents).when(recordTraffickingEvent, raid).then(recorded);
  });
  test("is recorded once, and not before it has happened", () => {
    given(traffickingEvents, recorded).when(recordTraffickingEvent, raid).refused("TraffickingEventAlreadyRecorded");
    given(traffickingEvents)
      .when(recordTraffickingEvent, { ...raid, date: "2026-01-11" })
      .refused("DateInFuture");
    given(traffickingEvents)
      .when(recordTraffickingEvent, { ...raid, date: "2027" })
      .refused("DateInFuture");
  });
  test("has their cases as parts, each once", () => {
    given(traffickingEvents, recorded).when(linkCaseToEvent, { caseId: "case-1" }, ofCase).then(linked("case-1"));
    given(traffickingEvents, recorded, linked("case-1")).when(linkCaseToEvent, { caseId: "case-1" }, ofCase).then();
    given(traffickingEvents, recorded, linked("case-1")).when(linkCaseToEvent, { caseId: "case-2" }, ofCase).then(linked("case-2"));
  });
  test("has no case as a part before that was opened", () =>
    given(traffickingEvents, on("2026-01-02T08:00:00.000Z", recorded))
      .when(linkCaseToEvent, { caseId: "case-1" }, { ...ofCase, at: "2026-01-03T08:00:00.000Z" })
      .refused("BeforeItsBeginning"));
  test("has no more as a part what turned out to be none", () => {
    const ask = { caseId: "case-1", reason: "NotPartOfIt" } as const;
    given(traffickingEvents, recorded, linked("case-1")).when(unlinkCaseFromEvent, ask, ofCase).then(unlinked("case-1"));
    given(traffickingEvents, recorded).when(unlinkCaseFromEvent, ask, ofCase).refused("CaseNotLinked");
    given(traffickingEvents, recorded, linked("case-1"), unlinked("case-1"))
      .when(unlinkCaseFromEvent, ask, ofCase)
      .refused("CaseNotLinked");
    given(traffickingEvents, on("2026-01-02T08:00:00.000Z", recorded), linked("case-1"))
      .when(unlinkCaseFromEvent, ask, { ...ofCase, at: "2026-01-06T08:00:00.000Z" })
      .refused("BeforeItsBeginning");
    given(traffickingEvents, recorded, linked("case-1"), unlinked("case-1"))
      .when(linkCaseToEvent, { caseId: "case-1" }, ofCase)
      .then(linked("case-1"));
  });
});

test("what is alleged of somebody is sealed whole, and may be taken back", () => {
  given(traffickingEvents, recorded).when(allegePerpetrator, { description: "Invented allegation" }).then(alleged);
  const ask = { allegation: "id-1", reason: "NotTrue" } as const;
  given(traffickingEvents, recorded, alleged).when(withdrawAllegation, ask).then(withdrawn);
  given(traffickingEvents, recorded, alleged, withdrawn).when(withdrawAllegation, ask).then();
  given(traffickingEvents, recorded).when(withdrawAllegation, ask).refused("AllegationUnknown");
});

test("it is shared with those who work with the other cases, and with nobody for ever", () => {
  given(traffickingEvents, recorded).when(shareTraffickingEvent, { worker: "baraka" }).then(shared);
  given(traffickingEvents, recorded, shared).when(shareTraffickingEvent, { worker: "baraka" }).then();
  given(traffickingEvents, recorded).when(shareTraffickingEvent, { worker: "amina" }).then();
  const [baraka, neema] = [{ actor: { id: "baraka", role: "social-welfare-officer" } }, { actor: { id: "neema", role: "supervisor" } }];
  given(traffickingEvents, recorded, shared).when(shareTraffickingEvent, { worker: "joseph" }, baraka).refused("NotTheRecorder");
  given(traffickingEvents, recorded).when(shareTraffickingEvent, { worker: "baraka" }, neema).then(shared);
  given(traffickingEvents, recorded, shared).when(unshareTraffickingEvent, { worker: "amina" }, baraka).refused("NotTheRecorder");
  given(traffickingEvents, recorded, shared).when(unshareTraffickingEvent, { worker: "baraka" }, baraka).then(unshared);
  given(traffickingEvents, recorded, shared).when(unshareTraffickingEvent, { worker: "baraka" }).then(unshared);
  given(traffickingEvents, recorded, shared, unshared).when(unshareTraffickingEvent, { worker: "baraka" }).then();
});

test("its row counts cases and allegations, and names none of them", () => {
  const [first, second] = ["a-1", "a-2"].map((allegation) => told("PerpetratorAlleged", { allegation }, "perpetrator"));
  const begun = { ...told("TraffickingEventRecorded", recorded.data, "narrative"), metadata: { by: { id: "amina" } } } as never;
  const facts = [begun, first!, second!];
  const cases = ["of-a-girl", "of-her-brother"].map((caseId) => told("CaseLinkedToEvent", { caseId }));
  const row = rowAfter(
    traffickingEventView,
    ...facts,
    ...cases,
    told("CaseUnlinkedFromEvent", unlinked("of-her-brother").data),
    told("AllegationWithdrawn", { allegation: "a-1", reason: "NotTrue" }),
  );
  expect([row?.caseCount, row?.allegationCount, row?.allegations.map(({ event }) => event)]).toEqual([1, 1, [second!.id]]);
  expect(JSON.stringify(row)).not.toMatch(/of-a-girl|of-her-brother/);
});

test("that a case is part of it stands in a row of that case alone, while it is so", () => {
  const caseId = "00000000-0000-4000-8000-000000000021";
  const stream = { streamId: "00000000-0000-4000-8000-000000000022" };
  const link = { ...told("CaseLinkedToEvent", { caseId }), ...stream };
  expect(rowAfter(eventCaseView, link)).toMatchObject({ caseId, event: stream.streamId });
  expect(rowAfter(eventCaseView, link, { ...told("CaseUnlinkedFromEvent", { caseId }), ...stream })).toBeNull();
});
