import { caseViews } from "#cases/cases.view.js";
import type { View } from "#projection/view.js";
import { shelterViews } from "#shelters/shelters.view.js";

/** Every view there is. */
export const views = [...caseViews, ...shelterViews] as readonly View<any, any>[] as readonly View[];
