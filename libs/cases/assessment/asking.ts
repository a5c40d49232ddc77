import { isDuring } from "#kernel/in-time.js";
import { require, type Instant, type Times } from "#kernel/kernel.js";
import type { QuestionPurpose, Template } from "#vocabulary/templates.js";
import { herNoStands, standingConsents, type Consents } from "../consent/consents.js";
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

/** What can be asked in an emergency: not what leads to a contact, a search or a journey. */
const inEmergency: readonly Purpose[] = ["Interview", "CaseManagement"];

/** She consents to it, or it is an emergency over which no own no of hers stands. */
const isAllowed = (consents: Consents, purpose: Purpose, moment: Instant): boolean =>
  standingConsents(consents, moment).some((each) => each.purpose === purpose) ||
  (inEmergency.includes(purpose) && consents.emergencies.some((each) => isDuring(each, moment)) && !herNoStands(consents, purpose, moment));

/** What she answered is kept where what it was asked for was allowed then, and still is (IOM data-protection principles: consent, specified purpose). */
export function requireAllowed({ questions }: Template, answers: readonly Answer[], consents: Consents, { at, now }: Times): void {
  for (const { question } of answers) {
    const { purpose } = questions.find(({ id }) => id === question)!;
    const needed = consentFor[purpose];
    const allowed = needed === null || [at, now].every((moment) => isAllowed(consents, needed, moment));
    require(allowed, "AskingNotPermitted", { purpose: needed });
  }
}
