import { from } from "#api/changes/changes.js";
import { cases } from "#cases/cases.js";
import type { CaseOfEvent } from "#trafficking-events/recording.js";

/** What a trafficking event learns of a case that is part of it: since when it is there, and nothing of whom it is about. */
export const ofCase = from(cases, "caseId", ({ intake }): CaseOfEvent => ({ openedAt: intake.openedAt }));
