import { fold, given, on } from "#kernel/given.js";
import { cases } from "../cases.js";
import { isChildAt } from "./age.js";
import type { IntakeFact } from "./intake.js";
import {
  acknowledgeNotification,
  changeUrgency,
  notifyCase,
  supplementFirstContact,
  type NotifyCase,
  type SupplementFirstContact,
} from "./notification.js";

const least: NotifyCase = { source: "Police", urgency: "Immediate", region: "Kigoma" };
const notified: IntakeFact = {
  type: "CaseOpened",
  data: {
    ...{ subject: "id-1", ...least, sex: "Unknown", ageBand: "Unknown", knownFrom: "Unknown" },
    notification: { completeBy: "2026-01-13T08:00:00.000Z", acknowledgeBy: "2026-01-10T10:00:00.000Z" },
  },
};
const opened: IntakeFact = {
  type: "CaseOpened",
  data: { subject: "s-1", source: "Self", urgency: "Routine", region: "Mwanza", sex: "Female", ageBand: "21-29" },
};
const closed = { type: "CaseClosed", data: { reason: "Other", episode: 1 } } as const;
const [before, then, later] = ["2026-01-01", "2026-01-03", "2026-01-05"].map((day) => `${day}T08:00:00.000Z`) as [string, string, string];

describe("a notification at two in the morning", () => {
  test("begins her case with the least that is known, and says until when the rest is due", () =>
    given(cases).when(notifyCase, least).then(notified));
  test("keeps what was agreed with the police, who is in charge, and what she needs at once", () =>
    given(cases)
      .when(notifyCase, {
        ...least,
        ...{ reason: "Other", acknowledgeWithinHours: 1, completeWithinHours: 24, knownFrom: "Police" },
        ...{ personInCharge: "Example Officer", immediateNeeds: "Invented needs" },
      })
      .then({
        type: "CaseOpened",
        data: {
          ...{ subject: "id-1", ...least, sex: "Unknown", ageBand: "Unknown", knownFrom: "Police" },
          notification: { completeBy: "2026-01-11T08:00:00.000Z", acknowledgeBy: "2026-01-10T09:00:00.000Z", reason: "Other" },
        },
        personal: { "id-1": { narrative: { immediateNeeds: "Invented needs" }, notifier: { personInCharge: "Example Officer" } } },
      }));
  test("of what she tells herself leaves nobody else to be answered", () =>
    given(cases)
      .when(notifyCase, { ...least, source: "Self" })
      .then({
        type: "CaseOpened",
        data: {
          ...{ subject: "id-1", ...least, source: "Self", sex: "Unknown", ageBand: "Unknown", knownFrom: "Unknown" },
          notification: { completeBy: "2026-01-13T08:00:00.000Z" },
        },
      }));
  test("does not begin a case that was opened", () => given(cases, opened).when(notifyCase, least).refused("CaseAlreadyOpened"));
});

describe("whoever told of her", () => {
  const answered: IntakeFact = { type: "NotificationAcknowledged", data: { channel: "Phone" } };
  test("is told that it has arrived, once, also when her case is closed", () => {
    given(cases, notified).when(acknowledgeNotification, { channel: "Phone" }).then(answered);
    given(cases, notified, answered).when(acknowledgeNotification, { channel: "Email" }).then();
    given(cases, notified, closed).when(acknowledgeNotification, { channel: "Phone" }).then(answered);
  });
  test("is not answered where there was no notification", () =>
    given(cases, opened).when(acknowledgeNotification, { channel: "Phone" }).refused("NotNotified"));
  test("of two times at which she was answered, the earlier counts", () => {
    const { intake } = fold(cases, [on(before, notified), on(later, answered), on(then, answered)]);
    expect(intake.notification?.acknowledgedAt).toBe(then);
  });
});

describe("what was not known at first contact", () => {
  const told: SupplementFirstContact = { sex: "Female", ageBand: "9-17", language: "sw", district: "Kasulu-Town", knownFrom: "Self" };
  const supplemented = { type: "FirstContactSupplemented", data: told } as IntakeFact;
  test("is told later, with its source, and counts from then on", () => {
    given(cases, notified).when(supplementFirstContact, told).then(supplemented);
    const { intake } = fold(cases, [on(before, notified), on(then, supplemented)]);
    expect([intake.sex, intake.ageBand, intake.language, intake.district]).toEqual(["Female", "9-17", "sw", "Kasulu-Town"]);
    expect(isChildAt(intake, { at: later, zone: "Africa/Dar_es_Salaam" })).toBe(true);
  });
  test("is already so where it is known so, or nothing is said", () => {
    given(cases, notified, supplemented).when(supplementFirstContact, told).then();
    given(cases, notified).when(supplementFirstContact, {}).then();
    given(cases, notified).when(supplementFirstContact, { sex: "Unknown" }).then();
  });
  test("does not take the place of what is known", () => {
    given(cases, notified, supplemented).when(supplementFirstContact, { sex: "Male" }).refused("AlreadyKnown");
    given(cases, notified, { type: "AgeAssessed", data: { method: "Statement", isChild: false } })
      .when(supplementFirstContact, { ageBand: "9-17" })
      .refused("AlreadyKnown");
  });
  test("is not told of a case that is closed", () =>
    given(cases, notified, closed).when(supplementFirstContact, told).refused("CaseNotOpen"));
});

describe("how soon she needs help", () => {
  const changed = (from: "Immediate" | "Routine", to: "Immediate" | "Routine"): IntakeFact => ({
    type: "UrgencyChanged",
    data: { from, to, reason: "NewInformation" },
  });
  test("changes with what is known, and stays where that is the same", () => {
    given(cases, opened).when(changeUrgency, { urgency: "Immediate", reason: "NewInformation" }).then(changed("Routine", "Immediate"));
    given(cases, opened).when(changeUrgency, { urgency: "Routine", reason: "NewInformation" }).then();
  });
  test("told late, stands before what was found since", () => {
    const { intake } = fold(cases, [
      on(before, opened),
      on(later, changed("Routine", "Immediate")),
      on(then, changed("Routine", "Routine")),
    ]);
    expect(intake.urgencies.at(-1)).toEqual({ at: later, urgency: "Immediate" });
    given(cases, on(before, opened), on(later, changed("Routine", "Immediate")))
      .when(changeUrgency, { urgency: "Immediate", reason: "NewInformation" }, { at: then })
      .then(changed("Routine", "Immediate"));
  });
  test("is not said of a case that is closed", () =>
    given(cases, opened, closed).when(changeUrgency, { urgency: "Immediate", reason: "Other" }).refused("CaseNotOpen"));
});
