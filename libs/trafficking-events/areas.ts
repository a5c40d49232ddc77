import { areaOf } from "#access/cells.js";

/** What happened to several people at once, in codes and dates. */
export const eventArea = areaOf("traffickingEvent", {
  "shelter-case-manager": "write",
  "social-welfare-officer": "write",
  supervisor: "write",
  auditor: "read",
  "data-protection-officer": "read",
});

/** Which cases it is about, in its own record: for auditors, who stand to every case. Others are shown those to which they stand, case by case. */
export const eventCaseIdArea = areaOf("traffickingEventCase", { auditor: "read" });
