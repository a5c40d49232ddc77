import { ended, held, relation } from "#projection/declare/relation.js";
import { traffickingEvents } from "./trafficking-events.js";

/** Whoever recorded it, and those with whom it was shared. */
export const worksWithIt = relation(traffickingEvents)("event-worker", {
  as: ({ id }) => [id],
  holds: ({ traffickingEvent }, { holder }) => traffickingEvent.workers.includes(holder),
  told: {
    TraffickingEventRecorded: ({ metadata: { by } }) => held(by.id),
    TraffickingEventShared: ({ data: { worker } }) => held(worker),
    TraffickingEventUnshared: ({ data: { worker } }) => ended(worker),
  },
});

/** Supervisors of the organisation whose worker recorded it. */
export const ofItsOrganisation = relation(traffickingEvents)("event-organisation", {
  roles: ["supervisor"],
  as: ({ organisation }) => [organisation],
  holds: ({ traffickingEvent }, { holder }) => traffickingEvent.organisation === holder,
  told: { TraffickingEventRecorded: ({ metadata: { by } }) => (by.organisation === undefined ? null : held(by.organisation)) },
});
