import { held, relation } from "#projection/declare/relation.js";
import { areasOfOneself } from "#access/cells.js";
import { colleagues, onboardingArea } from "./areas.js";
import { organisations } from "./organisations.js";
import { staffRecords } from "./staff/staff-records.js";

/** Whoever works for an organisation. Whether it may work here is decided by the one that took it in. */
export const ofTheirs = relation(organisations)("organisation-member", {
  roles: colleagues,
  as: ({ organisation }) => [organisation],
  holds: (_, { holder, record }) => holder === record,
  closed: () => [onboardingArea],
  told: { OrganisationOnboarded: ({ streamId }) => held(streamId) },
});

/** Administrators of the organisation that took it in. */
export const ofItsHost = relation(organisations)("organisation-host", {
  roles: ["platform-administrator"],
  as: ({ organisation }) => [organisation],
  holds: ({ profile }, { holder }) => profile.onboardedBy === holder,
  told: { OrganisationOnboarded: ({ metadata: { by } }) => (by.organisation === undefined ? null : held(by.organisation)) },
});

/** Herself. */
export const herself = relation(staffRecords)("herself", {
  roles: colleagues,
  as: ({ id }) => [id],
  holds: (_, { holder, record }) => holder === record,
  told: { StaffRegistered: ({ streamId }) => held(streamId) },
});

/** The organisation that registered her, which has not taken her on yet, or did so for a partner. */
export const ofHerRegistrar = relation(staffRecords)("staff-registrar", {
  roles: colleagues,
  as: ({ organisation }) => [organisation],
  holds: ({ staff }, { holder }) => staff.organisation === holder,
  closed: areasOfOneself,
  told: { StaffRegistered: ({ metadata: { by } }) => (by.organisation === undefined ? null : held(by.organisation)) },
});

/** Whoever works, or has worked, for the same organisation: what a colleague did before she left is still told with her name. */
export const colleague = relation(organisations)("colleague", {
  to: "staff",
  roles: colleagues,
  as: ({ organisation }) => [organisation],
  streamOf: ({ actor }) => actor.organisation,
  holds: ({ members }, { record }) => Object.hasOwn(members, record),
  closed: areasOfOneself,
  told: { MemberInvited: ({ streamId, data: { staff } }) => held(streamId, { record: staff }) },
});
