import { require, type Rule } from "#kernel/kernel.js";
import type { MembershipFact, Members } from "./membership/membership.js";
import type { Profile, ProfileFact } from "./profile/profile.js";
import type { OrganisationType } from "./vocabulary.js";

/** What is said by whoever begins a shelter's work here, with the one-time link of the first start. */
export interface Founding {
  readonly name: string;
  readonly types: readonly OrganisationType[];
  /** Her staff id. */
  readonly founder: string;
}

/**
 * The first organisation, with its first administrator, who registers houses and takes on people. This is the one role that nobody else has
 * given: whoever holds the first start's link runs the machine.
 */
export const foundOrganisation: Rule<{ profile: Profile; members: Members }, Founding, ProfileFact | MembershipFact> = (
  { profile: { onboardedAt } },
  { name, types, founder },
) => {
  require(onboardedAt === null, "OrganisationAlreadyOnboarded");
  return [
    { type: "OrganisationOnboarded", data: { name, types: [...types] } },
    { type: "MemberInvited", data: { staff: founder, roles: ["platform-administrator", "supervisor"] } },
  ];
};
