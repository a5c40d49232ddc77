import type { View } from "#projection/declare/view.js";
import { capacityView } from "./capacity/capacity.view.js";
import { shelterView } from "./capacity/shelter.view.js";
import { stayView } from "./stays/stay.view.js";

/** The views of shelters. A new one is a line here. */
export const shelterViews: readonly View<any, any>[] = [shelterView, capacityView, stayView];
