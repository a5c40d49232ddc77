import type { Actor, Refusal } from "#kernel/kernel.js";
import { approvals, requireApprover } from "./approvals.js";

const asked = (...[kind, about, actor]: Parameters<typeof requireApprover>): string => {
  try {
    requireApprover(kind, about, actor);
    return "approved";
  } catch (error) {
    return (error as Refusal).code;
  }
};
const imani: Actor = { id: "imani", role: "supervisor", organisation: "o" };
const jabari: Actor = { id: "jabari", role: "social-welfare-officer", organisation: "government" };

test("whoever asked never approves, in whatever role", () => {
  for (const kind of Object.keys(approvals) as (keyof typeof approvals)[])
    expect(asked(kind, { requestedBy: "imani" }, imani)).toBe("ApproverIsRequester");
});

test("a supervisor approves a closure that somebody else asked for, and nobody of another role does", () => {
  expect(asked("closure", { requestedBy: "amina" }, imani)).toBe("approved");
  expect(asked("closure", { requestedBy: "amina" }, jabari)).toBe("ApproverOfAnotherRole");
});

test("a house is vetted by an officer of another organisation, never by one of its own", () => {
  expect(asked("vetting", { organisation: "o" }, jabari)).toBe("approved");
  expect(asked("vetting", { organisation: "government" }, jabari)).toBe("ApproverOfOwnOrganisation");
  expect(asked("vetting", { organisation: "other" }, imani)).toBe("ApproverOfAnotherRole");
  expect(asked("vetting", { organisation: null }, { ...jabari, organisation: undefined })).toBe("approved");
});
