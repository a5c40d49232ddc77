import { approvals } from "#access/approvals.js";
import { fromOwnOrganisation } from "#api/changes/changes.js";
import type { ClosureApprovers } from "#cases/closure/closure.js";
import { organisations } from "#people/organisations.js";

/** What a case learns of the organisation that keeps it: how many of its people decide closures, and who does where they are too few. */
export const approversOf = ({ members, profile }: typeof organisations.initial): ClosureApprovers => {
  const can = ({ active, roles }: (typeof members)[string]) =>
    active && roles.some((each) => (approvals.closure.by as readonly string[]).includes(each));
  return { own: Object.values(members).filter(can).length, partner: profile.partner };
};

export const approvers = fromOwnOrganisation(organisations, approversOf);
