/** Roles in use; a person has one. `importer` brings in history that was kept elsewhere, and nothing else. `policy` is no person: it is the system itself, passing on what a fact asks for. */
export const roles = [
  "shelter-case-manager",
  "shelter-manager",
  "nurse",
  "psychologist",
  "lawyer",
  "social-welfare-officer",
  "investigator",
  "return-officer",
  "supervisor",
  "monitoring-officer",
  "auditor",
  "data-protection-officer",
  "platform-administrator",
  "data-team",
  "importer",
  "policy",
] as const;
export type Role = (typeof roles)[number];

/** Roles of people who act on records: whoever only brings history in is none of them, nor is the system itself. */
export const actingRoles = roles.filter((role) => role !== "importer" && role !== "policy");
