import { denialView } from "#access/denials.view.js";
import { caseViews } from "#cases/cases.view.js";
import type { View } from "#projection/declare/view.js";
import { shelterViews } from "#shelters/shelters.view.js";

/** Every view there is. */
export const views = [...caseViews, ...shelterViews, denialView] as readonly View<any, any>[] as readonly View[];

export { policies } from "#policies/policies.policy.js";
