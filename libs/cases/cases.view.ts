import type { View } from "#projection/declare/view.js";
import { consentView } from "./consent/consent.view.js";
import { caseFileView } from "./intake/case-file.view.js";
import { caseView } from "./intake/case.view.js";
import { workloadView } from "./workload/workload.view.js";

/** The views of cases. A new one is a line here. */
export const caseViews: readonly View<any, any>[] = [caseView, caseFileView, consentView, workloadView];
