import { denialView } from "#access/denials.view.js";
import { casePolicies } from "#cases/cases.policy.js";
import { caseViews } from "#cases/cases.view.js";
import type { Policies } from "#projection/declare/policy.js";
import type { View } from "#projection/declare/view.js";
import { shelterPolicies } from "#shelters/shelters.policy.js";
import { shelterViews } from "#shelters/shelters.view.js";

/** Every view there is. */
export const views = [...caseViews, ...shelterViews, denialView] as readonly View<any, any>[] as readonly View[];

/** Every policy there is. */
export const policies: Policies = [...casePolicies, ...shelterPolicies];
