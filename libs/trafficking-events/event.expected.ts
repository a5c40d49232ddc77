import { eachOf, right, type Expectation, type Scene } from "#access/expectation.js";

/** One in which her case has a part, with all that can happen to one. In the end whoever recorded it works with it no longer. */
async function recorded({ resident, newcomer, done, state }: Scene): Promise<string> {
  const worker = "shelter-case-manager";
  const { id } = await done(worker, "/v1/trafficking-events/record-trafficking-event", {
    ...{ kind: "Raid", country: "TZ", region: "Kigoma", date: "2026-01", reportingEntity: "Police", account: "Invented account" },
  });
  const say = (role: string, verb: string, body: object) => done(role, `/v1/trafficking-events/${id}/${verb}`, body);
  await say(worker, "link-case-to-event", { caseId: resident });
  await say(worker, "link-case-to-event", { caseId: newcomer });
  await say(worker, "unlink-case-from-event", { caseId: newcomer, reason: "NotPartOfIt" });
  for (const _ of [1, 2]) await say(worker, "allege-perpetrator", { description: "Invented allegation" });
  type State = { traffickingEvent: { allegations: { allegation: string }[]; workers: string[] } };
  const { traffickingEvent } = (await state(`/v1/trafficking-events/${id}`)) as State;
  const [{ allegation }, own] = [traffickingEvent.allegations[0]!, traffickingEvent.workers[0]!];
  await say(worker, "withdraw-allegation", { allegation, reason: "WrongPerson" });
  const another = "4c5a1f60-0000-4000-8000-0000000000f5";
  await say(worker, "share-trafficking-event", { worker: another });
  for (const each of [another, own]) await say("supervisor", "unshare-trafficking-event", { worker: each });
  return id;
}

/** Who may do and see what, as the people concerned would say it. */
export const expected: Expectation = {
  operations: {
    recordTraffickingEvent: right("write", "traffickingEvent", "begun"),
    ...eachOf(
      ["shareTraffickingEvent", "unshareTraffickingEvent", "linkCaseToEvent", "unlinkCaseFromEvent", "withdrawAllegation"],
      right("write", "traffickingEvent", "a trafficking-event"),
    ),
    allegePerpetrator: right("write", "perpetrator", "a trafficking-event"),
    ...eachOf(["traffickingEvents", "eventCases"], right("read", "traffickingEvent", "all")),
    ...eachOf(
      ["traffickingEvent", "traffickingEventLive", "traffickingEventHistory", "traffickingEventState", "traffickingEventEventCases"],
      right("read", "traffickingEvent", "a trafficking-event"),
    ),
    traffickingEventAccess: right("read", "access", "a trafficking-event"),
    caseEventCases: right("read", "traffickingEvent", "a case"),
  },
  personal: {
    recordTraffickingEvent: { account: "narrative" },
    allegePerpetrator: { description: "perpetrator" },
  },
  answers: {
    TraffickingEvent: {
      ...eachOf(["id", "stale", "skipped", "intact"], "open"),
      ...eachOf(["revision", "kind", "country", "region", "date", "reportingEntity", "recordedAt"], "traffickingEvent"),
      ...eachOf(["recordedBy", "caseCount", "allegationCount"], "traffickingEvent"),
      account: "narrative",
      allegations: "perpetrator",
    },
    EventCase: {
      ...eachOf(["id", "stale", "skipped", "intact"], "open"),
      ...eachOf(["event", "caseId", "linkedAt"], "traffickingEvent"),
    },
  },
  states: {
    "trafficking-event": {
      "traffickingEvent.subject": "narrative",
      ...eachOf(
        ["traffickingEvent.recordedAt", "traffickingEvent.recordedBy", "traffickingEvent.organisation", "traffickingEvent.workers"],
        "traffickingEvent",
      ),
      ...eachOf(["traffickingEvent.cases[].since", "traffickingEvent.allegations"], "traffickingEvent"),
      "traffickingEvent.cases[].caseId": "traffickingEventCase",
    },
  },
  facts: {
    TraffickingEventRecorded: {
      subject: "narrative",
      ...eachOf(["kind", "country", "region", "date", "reportingEntity"], "traffickingEvent"),
    },
    ...eachOf(["TraffickingEventShared", "TraffickingEventUnshared", "PerpetratorAlleged", "AllegationWithdrawn"], "traffickingEvent"),
    CaseLinkedToEvent: { caseId: "traffickingEventCase" },
    CaseUnlinkedFromEvent: { caseId: "traffickingEventCase", reason: "traffickingEvent" },
  },
  cells: {
    traffickingEvent: {
      ...{ "shelter-case-manager": "W", "social-welfare-officer": "W", supervisor: "W" },
      ...{ auditor: "R", "data-protection-officer": "R" },
    },
    traffickingEventCase: { auditor: "R" },
  },
  told: { PerpetratorAlleged: { description: "Invented allegation" } },
  // Supervisors of the organisation that recorded it, and whoever checks others' work: with everybody else it was shared, and is so no longer.
  stands: {
    "a trafficking-event": ({ role, organisation }) =>
      role === "auditor" || role === "data-protection-officer" || (role === "supervisor" && organisation === undefined),
  },
  begin: { "a trafficking-event": recorded },
  story: async (scene) => void (await recorded(scene)),
};
