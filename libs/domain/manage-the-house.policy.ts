import { manageOwnShelter } from "#people/membership/membership.js";
import { organisations } from "#people/organisations.js";
import { ask, policy } from "#projection/declare/policy.js";
import { shelters } from "#shelters/shelters.js";

/** A manager who has registered her house runs it: her organisation posts her there. */
export const manageTheHouse = policy(shelters)("post-the-manager-to-her-house", {
  ShelterRegistered: ({ streamId, metadata: { by } }) =>
    by.organisation === undefined ? null : ask(organisations, by.organisation, manageOwnShelter, { staff: by.id, shelter: streamId }),
});
