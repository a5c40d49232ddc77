import { given } from "#kernel/given.js";
import { cases } from "../cases.js";
import type { ClosureFact } from "../closure/closure.js";
import type { ConsentFact } from "../consent/consents.js";
import type { IntakeFact } from "../intake/intake.js";
import { recordTraffickingHistoryEvent, type RecordTraffickingHistoryEvent } from "./trafficking-history.js";
import { completeScreening, startScreening, type CompleteScreening, type ScreeningFact } from "./screening.js";

const opened: IntakeFact = {
  type: "CaseOpened",
  data: { subject: "s-1", source: "NGO", urgency: "Routine", region: "Kagera", sex: "Female", ageBand: "21-29" },
};
const consented: ConsentFact = {
  type: "ConsentGiven",
  data: {
    consentId: "c-1",
    purpose: "Interview",
    recipients: ["o-1"],
    dataClasses: ["narrative"],
    expiresAt: "2026-06-01T00:00:00.000Z",
    givenBy: "self",
    evidence: "Signature",
  },
};
const closed: ClosureFact = { type: "CaseClosed", data: { reason: "GoalsAchieved", episode: 1 } };
const started: ScreeningFact = { type: "ScreeningStarted", data: { formVersion: 1 } };
const findings: CompleteScreening = {
  formVersion: 1,
  acts: ["Recruitment"],
  means: ["Deception"],
  exploitations: ["ForcedLabour"],
  methodsOfControl: ["TakesEarnings"],
};
const completed: ScreeningFact = { type: "ScreeningCompleted", data: findings };

describe("beginning to ask", () => {
  test("she is asked once she consented", () => given(cases, opened, consented).when(startScreening, { formVersion: 1 }).then(started));
  test("she is not asked without consent", () =>
    given(cases, opened).when(startScreening, { formVersion: 1 }).refused("InterviewNotPermitted"));
  test("she is not asked when her case is closed", () =>
    given(cases, opened, consented, closed).when(startScreening, { formVersion: 1 }).refused("CaseNotOpen"));
  test("a screening that has begun is not begun again", () =>
    given(cases, opened, consented, started).when(startScreening, { formVersion: 2 }).then());
});

describe("writing down what she said", () => {
  test("the findings are kept as codes", () => given(cases, opened, consented, started).when(completeScreening, findings).then(completed));
  test("what she told, and of whom, is kept as personal", () =>
    given(cases, opened, consented, started)
      .when(completeScreening, { ...findings, account: "An invented account", perpetrator: "An invented description" })
      .then({
        ...completed,
        personal: { "s-1": { narrative: { account: "An invented account" }, perpetrator: { description: "An invented description" } } },
      }));
  test("only what she told is kept, where she describes nobody", () =>
    given(cases, opened, consented, started)
      .when(completeScreening, { ...findings, account: "An invented account" })
      .then({ ...completed, personal: { "s-1": { narrative: { account: "An invented account" } } } }));
  test("she may say more later", () =>
    given(cases, opened, consented, started, completed).when(completeScreening, findings).then(completed));
  test("what she told before stays, unless it is said to be removed", () =>
    given(cases, opened, consented, started, completed)
      .when(completeScreening, { ...findings, account: null })
      .then({ type: "ScreeningCompleted", data: { ...findings, removed: ["narrative"] } }));
  test("nothing is kept once she withdrew her consent", () =>
    given(cases, opened, consented, started, { type: "ConsentWithdrawn", data: { consentId: "c-1" } })
      .when(completeScreening, findings)
      .refused("InterviewNotPermitted"));
  test("nothing is kept of a screening that has not begun", () =>
    given(cases, opened, consented).when(completeScreening, findings).refused("ScreeningNotStarted"));
  test("nothing is kept when her case is closed", () =>
    given(cases, opened, consented, started, closed).when(completeScreening, findings).refused("CaseNotOpen"));
});

describe("a station of what happened to her", () => {
  const station: RecordTraffickingHistoryEvent = { event: "Transit", country: "TZ", date: "2025-03-01" };
  const recorded: ScreeningFact = {
    type: "TraffickingHistoryEventRecorded",
    data: { event: "Transit", country: "TZ", date: "2025-03-01" },
  };

  test("is kept with its country", () => given(cases, opened, consented).when(recordTraffickingHistoryEvent, station).then(recorded));
  test("keeps the place as personal", () =>
    given(cases, opened, consented)
      .when(recordTraffickingHistoryEvent, { ...station, place: "Example Town" })
      .then({ ...recorded, personal: { "s-1": { narrative: { place: "Example Town" } } } }));
  test("may be the second of its kind", () =>
    given(cases, opened, consented, recorded).when(recordTraffickingHistoryEvent, station).then(recorded));
  test("is not asked for without consent", () =>
    given(cases, opened).when(recordTraffickingHistoryEvent, station).refused("InterviewNotPermitted"));
  test("is not asked for when her case is closed", () =>
    given(cases, opened, consented, closed).when(recordTraffickingHistoryEvent, station).refused("CaseNotOpen"));
  test("does not lie in the future", () =>
    given(cases, opened, consented)
      .when(recordTraffickingHistoryEvent, { ...station, date: "2026-01-11" })
      .refused("DateInFuture"));
  test("does not lie before her birth", () =>
    given(cases, opened, consented, { type: "AgeAssessed", data: { method: "Document", isChild: false, birthYear: 2000 } })
      .when(recordTraffickingHistoryEvent, { ...station, date: "1999-12-31" })
      .refused("DateBeforeBirth"));
});
