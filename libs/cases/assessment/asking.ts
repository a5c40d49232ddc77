import { require, type Times } from "#kernel/kernel.js";
import type { QuestionPurpose, Template } from "#vocabulary/templates.js";
import { isAllowed, type Consents } from "../consent/consents.js";
import type { Purpose } from "../vocabulary.js";
import type { Answer } from "./answering.js";

/** To what she has to consent for an answer to be kept; null: nothing. Her safety depends on no consent, and a case can always be closed. */
const consentFor: Readonly<Record<QuestionPurpose, Purpose | null>> = {
  Identification: "Interview",
  Planning: "CaseManagement",
  Safety: null,
  FollowUp: "FollowUpContact",
  Return: "ReturnArrangement",
  FamilyTracing: "FamilyTracing",
  Closing: null,
};

/** What she answered is kept where what it was asked for was allowed then, and still is (IOM data-protection principles: consent, specified purpose). */
export function requireAllowed({ questions }: Template, answers: readonly Answer[], consents: Consents, { at, now }: Times): void {
  for (const { question } of answers) {
    const { purpose } = questions.find(({ id }) => id === question)!;
    const needed = consentFor[purpose];
    const allowed = needed === null || [at, now].every((moment) => isAllowed(consents, needed, moment));
    require(allowed, "AskingNotPermitted", { purpose: needed });
  }
}
