import { aggregate } from "#kernel/kernel.js";
import { members } from "./membership/membership.js";
import { profile } from "./profile/profile.js";
import { protocols } from "./protocols/protocols.js";

/** One organisation with its people: stream `organisation-<uuid>`, so that nothing about "the last" can race. */
export const organisations = aggregate("organisation", { profile, members, protocols }, ({ profile: { onboardedAt } }) => onboardedAt);
