import { ended, held, relation } from "#projection/declare/relation.js";
import { cases } from "../cases.js";
import { memberOf } from "./team.js";

/** Whoever opened a case, or was assigned to it, until she leaves or her time is over. */
export const inTheTeam = relation(cases)("team", {
  as: ({ id }) => [id],
  holds: (state, { holder, now }) => memberOf(state, holder, now) !== null,
  told: {
    CaseOpened: ({ metadata: { by } }) => held(by.id),
    WorkerAssigned: ({ data: { worker, until } }) => held(worker, { until: until ?? null }),
    WorkerLeft: ({ data: { worker } }) => ended(worker),
  },
});

/** Supervisors of the organisation for which a case was opened. */
export const ofTheOrganisation = relation(cases)("organisation", {
  roles: ["supervisor"],
  as: ({ organisation }) => [organisation],
  holds: ({ intake }, { holder }) => intake.organisation === holder,
  told: { CaseOpened: ({ metadata: { by } }) => (by.organisation === undefined ? null : held(by.organisation)) },
});

/** Social welfare officers of her district. */
export const ofTheDistrict = relation(cases)("district", {
  roles: ["social-welfare-officer"],
  as: ({ district }) => [district],
  holds: ({ intake }, { holder }) => intake.district === holder,
  told: {
    CaseOpened: ({ data: { district } }) => (district === undefined ? null : held(district)),
    FirstContactSupplemented: ({ data: { district } }) => (district === undefined ? null : held(district)),
  },
  version: 2,
});

/** Whoever has a conflict of interest, or whose organisation has. */
export const walledOff = relation(cases)("wall", {
  bars: true,
  as: ({ id, organisation }) => [id, organisation],
  holds: ({ walls }, { holder }) => walls.some(({ barred }) => barred === holder),
  told: {
    WallRaised: ({ data: { barred, wall } }) => held(barred, { key: wall }),
    WallLowered: ({ data: { barred, wall } }) => ended(barred, { key: wall }),
  },
});
