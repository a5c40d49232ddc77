import { from } from "#api/changes/changes.js";
import { cases } from "#cases/cases.js";
import { caseView } from "#cases/intake/case.view.js";
import { isChildAt } from "#cases/intake/age.js";
import { isHeldAt, nextPlacedAt } from "#cases/placement/placement.js";
import { isSupportedAt } from "#cases/open.js";
import type { Times } from "#kernel/kernel.js";
import type { Resident } from "#shelters/stays/beds.js";

/** What a shelter learns of whom it takes in: no more than the beds need. */
export const residentOf = (state: typeof cases.initial, times: Times): Resident => ({
  sex: state.intake.sex,
  isChild: isChildAt(state.intake, times),
  served: isSupportedAt(state.closure, times.at),
  openedAt: state.intake.openedAt,
  nextStayAt: nextPlacedAt(state.placement, times.at),
  isElsewhere: isHeldAt(state.placement, times.at),
});

/** The views whose rows are a case each. */
export const caseRows = () => [caseView];

/** Her case, found by the id in what is asked of a shelter. */
export const resident = from(cases, "caseId", residentOf);
