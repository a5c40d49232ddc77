import { allAreas } from "#access/cells.js";
import { ended, held, relation } from "#projection/declare/relation.js";
import { cases } from "../cases.js";

/** What a partner needs to decide a closure: what is so of the case by its codes, and what is asked. */
const open: readonly string[] = ["case", "closure"];

/** Supervisors of the partner that decides a closure, where the case's own organisation has too few, for as long as it waits. */
export const closureApprover = relation(cases)("closure-approver", {
  roles: ["supervisor"],
  as: ({ organisation }) => [organisation],
  holds: ({ closure }, { holder }) => closure.status === "ClosureRequested" && closure.askedOf === holder,
  closed: () => allAreas().filter((area) => !open.includes(area)),
  told: {
    CaseClosureRequested: ({ streamId, data: { askedOf } }) =>
      askedOf === undefined ? ended("", { key: streamId }) : held(askedOf, { key: streamId }),
    CaseClosureRejected: ({ streamId }) => ended("", { key: streamId }),
    CaseClosed: ({ streamId }) => ended("", { key: streamId }),
  },
});
