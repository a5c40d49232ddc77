/** Roles in use; a person has one. */
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
] as const;
export type Role = (typeof roles)[number];
