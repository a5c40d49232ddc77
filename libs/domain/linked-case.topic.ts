import { from } from "#api/changes/changes.js";
import { cases } from "#cases/cases.js";
import type { LinkedCase } from "#hotline/answering.js";

/** The case that a contact of the hotline becomes, found by the id in what is asked. */
export const linked = from(cases, "caseId", ({ intake }: typeof cases.initial): LinkedCase => ({ openedAt: intake.openedAt }));
