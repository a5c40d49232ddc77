import { given } from "#kernel/given.js";
import { cases } from "../cases.js";
import {
  accessOf,
  closeToBreakGlass,
  invokeBreakGlass,
  noteReviewOverdue,
  openToBreakGlass,
  reviewBreakGlass,
  type BreakGlassFact,
} from "./break-glass.js";
import { emergencyRights, restoreEmergencyRight, suspendEmergencyRight } from "./rights.js";

const now = "2026-01-10T08:00:00.000Z";
const asked = { reason: "ChildAtRisk", explanation: "Invented", informed: "imani", hours: 2 } as const;
const invoked: BreakGlassFact = {
  type: "BreakGlassInvoked",
  data: {
    ...{ access: "a-1", by: "amina", reason: "ChildAtRisk", informed: "imani" },
    until: "2026-01-10T10:00:00.000Z",
    reviewBy: "2026-01-13T08:00:00.000Z",
  },
};
const reviewed = (finding: "Justified" | "Misuse"): BreakGlassFact => ({
  type: "BreakGlassReviewed",
  data: { access: "a-1", by: "amina", finding },
});
const overdue: BreakGlassFact = { type: "BreakGlassReviewOverdue", data: { access: "a-1", by: "amina" } };
const closed: BreakGlassFact = { type: "CaseClosedToBreakGlass", data: { reason: "StaffConflict" } };
const imani = { actor: { id: "imani", role: "supervisor" } };

describe("somebody looks into a case in an emergency", () => {
  test("for some hours, with a reason in words, and somebody told", () =>
    given(cases)
      .when(invokeBreakGlass, asked)
      .then({
        ...invoked,
        data: { ...invoked.data, access: "id-1" },
        personal: { "": { emergencyExplanation: { explanation: "Invented" } } },
      } as BreakGlassFact));
  test("who may already, is so already", () => given(cases, invoked).when(invokeBreakGlass, asked).then());
  test("but nobody tells herself", () =>
    given(cases)
      .when(invokeBreakGlass, { ...asked, informed: "amina" })
      .refused("SecondPersonMissing"));
  test("but into no case that is closed to it", () => given(cases, closed).when(invokeBreakGlass, asked).refused("NotRelated"));
});

test("an access ends with its time, with misuse, and where the case is closed to it", () => {
  const access = (over: object = {}) => ({
    access: "a-1",
    by: "amina",
    until: "2026-01-10T10:00:00.000Z",
    threatToLife: false,
    finding: null,
    overdue: false,
    ...over,
  });
  const open = { closed: false, accesses: [access()] };
  expect(accessOf(open, "amina", now)).toBeDefined();
  expect(accessOf(open, "khadija", now)).toBeUndefined();
  expect(accessOf(open, "amina", "2026-01-10T10:00:00.000Z")).toBeUndefined();
  expect(accessOf({ ...open, closed: true }, "amina", now)).toBeUndefined();
  expect(accessOf({ ...open, accesses: [access({ finding: "Misuse" })] }, "amina", now)).toBeUndefined();
  expect(accessOf({ ...open, accesses: [access({ finding: "Justified" })] }, "amina", now)).toBeDefined();
});

describe("what was looked into so is reviewed", () => {
  const review = { access: "a-1", finding: "Justified" } as const;
  test("by somebody else, once", () => {
    given(cases, invoked).when(reviewBreakGlass, review, imani).then(reviewed("Justified"));
    given(cases, invoked, reviewed("Justified")).when(reviewBreakGlass, review, imani).then();
    given(cases, invoked, reviewed("Misuse")).when(reviewBreakGlass, review, imani).refused("AlreadyReviewed");
  });
  test("not by whoever did it", () => given(cases, invoked).when(reviewBreakGlass, review).refused("OwnAccess"));
  test("if there was such an access", () => given(cases).when(reviewBreakGlass, review, imani).refused("AccessUnknown"));
  test("late as well, and then it is overdue no longer", () =>
    given(cases, invoked, overdue).when(reviewBreakGlass, review, imani).then(reviewed("Justified")));
  test("and where nobody has, that is put on record, once", () => {
    given(cases, invoked).when(noteReviewOverdue, { access: "a-1" }).then(overdue);
    given(cases, invoked, overdue).when(noteReviewOverdue, { access: "a-1" }).then();
    given(cases, invoked, reviewed("Justified")).when(noteReviewOverdue, { access: "a-1" }).then();
    given(cases).when(noteReviewOverdue, { access: "a-1" }).then();
  });
});

test("a case is closed to it, and opened to it again", () => {
  given(cases).when(closeToBreakGlass, { reason: "StaffConflict" }).then(closed);
  given(cases, closed).when(closeToBreakGlass, { reason: "Other" }).then();
  given(cases, closed).when(openToBreakGlass, {}).then({ type: "CaseOpenedToBreakGlass", data: {} });
  given(cases).when(openToBreakGlass, {}).then();
});

test("a right rests while an access is unreviewed", () => {
  const suspended = { type: "EmergencyRightSuspended", data: { access: "a-1" } } as const;
  given(emergencyRights).when(suspendEmergencyRight, { access: "a-1" }).then(suspended);
  given(emergencyRights, suspended).when(suspendEmergencyRight, { access: "a-1" }).then();
  given(emergencyRights, suspended)
    .when(restoreEmergencyRight, { access: "a-1" })
    .then({ type: "EmergencyRightRestored", data: { access: "a-1" } });
  given(emergencyRights).when(restoreEmergencyRight, { access: "a-1" }).then();
});
