import type { Refusal } from "#kernel/kernel.js";
import { requireTimely, type LateReason } from "./late-entry.js";

const now = "2026-11-26T08:00:00.000Z";
const told = (at: string, role = "shelter-case-manager", reason?: LateReason) => {
  try {
    requireTimely({ at, now, actor: { role }, reason, days: 30 });
    return "taken";
  } catch (error) {
    return (error as Refusal).code;
  }
};

test("what happened within the window anybody may tell, to the moment", () => {
  expect(told("2026-11-26T08:00:00.000Z")).toBe("taken");
  expect(told("2026-10-27T08:00:00.000Z")).toBe("taken");
  expect(told("2026-10-27T07:59:59.999Z")).toBe("LateEntryNeedsSupervisor");
});

test("what happened before it a supervisor tells herself, and says why", () => {
  expect(told("2026-06-01T08:00:00.000Z", "shelter-case-manager", "KeptOnPaper")).toBe("LateEntryNeedsSupervisor");
  expect(told("2026-06-01T08:00:00.000Z", "supervisor")).toBe("LateReasonMissing");
  expect(told("2026-06-01T08:00:00.000Z", "supervisor", "KeptOnPaper")).toBe("taken");
});

test("what is older than a year and a day nobody tells as an entry", () => {
  expect(told("2025-11-25T08:00:00.000Z", "supervisor", "KeptOnPaper")).toBe("taken");
  expect(told("2025-11-25T07:59:59.999Z", "supervisor", "KeptOnPaper")).toBe("TooLate");
});
