import { areaOf, ownAreaOf, personalAreaOf } from "#access/cells.js";
import { actingRoles, type Role } from "#access/roles.js";

/** Investigators come under the police, and the data team has no way in: neither acts for anything here yet. */
export const colleagues: readonly Role[] = actingRoles.filter((role) => role !== "investigator" && role !== "data-team");

const each = <C>(roles: readonly Role[], cell: C): Partial<Record<Role, C>> => Object.fromEntries(roles.map((role) => [role, cell]));
const managers = { "platform-administrator": "write", supervisor: "write" } as const;

/** Which organisations there are, and what they offer where: for whoever refers somebody to them. */
export const directoryArea = areaOf("directory", { ...each(colleagues, "read" as const), ...managers });

/** Who takes an organisation in, and suspends one. */
export const onboardingArea = areaOf("onboarding", { "platform-administrator": "write" });

/** Who works where, in which roles. */
export const membershipArea = areaOf("membership", { ...managers, auditor: "read", "data-protection-officer": "read" });

/** With whom data may be shared, until when: that is for whoever answers for the data. */
export const protocolArea = areaOf("protocol", {
  "platform-administrator": "write",
  "data-protection-officer": "write",
  ...each(["supervisor", "shelter-case-manager", "social-welfare-officer", "auditor"], "read" as const),
});

/** What is open about somebody who works here: languages, the code of conduct. */
export const staffArea = areaOf("staff", { ...each(colleagues, "read" as const), ...managers });

/** What she is called and how she is reached at work: sealed, and shown to her colleagues. */
export const staffNameArea = personalAreaOf("staffName", { ...each(colleagues, "read" as const), ...managers });

/** What nobody does for another, such as accepting the code of conduct. */
export const ownAccountArea = ownAreaOf("ownAccount", each(colleagues, "write" as const));
