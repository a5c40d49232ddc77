import { held, relation } from "#projection/declare/relation.js";
import { complaints } from "./complaints.js";

/** Supervisors of the organisation whose worker took it. */
export const ofItsOrganisation = relation(complaints)("complaint-organisation", {
  roles: ["supervisor"],
  as: ({ organisation }) => [organisation],
  holds: ({ complaint }, { holder }) => complaint.organisation === holder,
  told: { ComplaintReceived: ({ metadata: { by } }) => (by.organisation === undefined ? null : held(by.organisation)) },
});

/** Whoever it concerns: herself, and where it is about a house or an organisation, everybody who works there. */
export const concernedByIt = relation(complaints)("concerned", {
  bars: true,
  as: ({ id, organisation, shelter }) => [id, organisation, shelter],
  holds: ({ complaint }, { holder }) => complaint.concerned.includes(holder),
  told: { ConcernedNamed: ({ data: { concerned } }) => held(concerned) },
});
