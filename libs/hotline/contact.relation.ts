import { held, relation } from "#projection/declare/relation.js";
import { hotlineContacts } from "./hotline-contacts.js";

/** Whoever answers the hotline of the organisation whose worker took it, from shift to shift, and its supervisors. */
export const ofTheirHotline = relation(hotlineContacts)("hotline-organisation", {
  roles: ["shelter-case-manager", "social-welfare-officer", "supervisor"],
  as: ({ organisation }) => [organisation],
  holds: ({ contact }, { holder }) => contact.organisation === holder,
  told: { HotlineContactRecorded: ({ metadata: { by } }) => (by.organisation === undefined ? null : held(by.organisation)) },
});
