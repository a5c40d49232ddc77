import { held, relation } from "#projection/declare/relation.js";
import { callBackArea, hotlineAccountArea } from "./areas.js";
import { hotlineContacts } from "./hotline-contacts.js";

/**
 * What was said, and how she is reached: once it has become a case, a wall may keep some of those who answer calls out of it, so that her case tells
 * of her and no longer the call.
 */
const closedToListeners = [hotlineAccountArea, callBackArea];

/** Whoever answers the hotline of the organisation whose worker took it, from shift to shift, and its supervisors. */
export const ofTheirHotline = relation(hotlineContacts)("hotline-organisation", {
  roles: ["shelter-case-manager", "social-welfare-officer", "supervisor"],
  as: ({ organisation }) => [organisation],
  holds: ({ contact }, { holder }) => contact.organisation === holder,
  closed: ({ contact }) => (contact.caseId === null ? [] : closedToListeners),
  told: { HotlineContactRecorded: ({ metadata: { by } }) => (by.organisation === undefined ? null : held(by.organisation)) },
});

/** Whoever said which case it has become, and stood to that case. */
export const whoLinkedIt = relation(hotlineContacts)("hotline-linked", {
  as: ({ id }) => [id],
  holds: ({ contact }, { holder }) => contact.linkedBy === holder,
  told: { ContactLinkedToCase: ({ metadata: { by } }) => held(by.id) },
});
