import { woman } from "../journeys/journey.js";
import * as steps from "./steps.js";
import { idOf, inDays, type Told } from "./told.js";

// What has to be there before a change of a case can be made, whichever status the case has come to.

const isScreened = async (told: Told): Promise<boolean> => (await told.state()).screening.findings !== null;

export async function foundPossible(told: Told): Promise<void> {
  if (await isScreened(told)) await told.did("determine-trafficking-status", steps.possible);
}
export async function foundNoVictim(told: Told): Promise<void> {
  if (await isScreened(told)) await told.did("determine-trafficking-status", steps.noVictim);
}
export async function reflecting(told: Told): Promise<void> {
  if (!(await isScreened(told))) return;
  await foundPossible(told);
  await told.did("grant-reflection-period", { jurisdiction: "TanzaniaMainland", until: inDays(31) });
}
export const consentToHelp = (told: Told) => told.did("give-consent", steps.help("Legal", "Livelihood"));
export const processedInAnEmergency = (told: Told) => told.did("invoke-emergency-processing", steps.emergency());
export const helped = (told: Told) => told.did("deliver-service", { group: "BasicNeeds" });

export const planWritten = (told: Told) => steps.written(told);
export const planAgreed = (told: Told) => steps.agreed(told);
export const planSubmitted = (told: Told) => steps.submitted(told);
export async function planApproved(told: Told): Promise<void> {
  await steps.written(told);
  await told.did("set-goal", steps.goal);
  await told.did("agree-to-case-plan", { evidence: "Signature" });
  await told.did("submit-case-plan");
  await told.did("approve-case-plan", {}, "imani");
}

export async function endangered(told: Told): Promise<void> {
  await told.did("report-security-incident", { kind: "Threat", severity: "Serious" });
  await told.did("raise-flag", { kind: "TwoStaffOnly" });
}
export const safelyReached = (told: Told) =>
  told.did("agree-safe-contact", { channels: ["PhoneCall"], hours: steps.always, agreedWith: "self" });
export async function writtenOf(told: Told): Promise<void> {
  await told.did("add-note", { narrative: "Invented note" });
  await told.did("add-document", { kind: "Letter", narrative: "Invented title", file: "Invented letter" });
  await told.did("raise-flag", { kind: "TwoStaffOnly" });
}
export const assessed = (told: Told) => told.did("complete-assessment", { ...steps.riskForm, reviewBy: inDays(5) });

export async function anotherCase(told: Told): Promise<void> {
  told.kept["other"] = (await told.begun("/v1/cases/open-case", woman)).split("/").at(-1)!;
}
export async function relationClaimed(told: Told): Promise<void> {
  await anotherCase(told);
  await told.did("link-related-case", { relatedCase: told.kept["other"], relation: "Sibling" });
}

export const withColleague = (told: Told) => told.did("assign-worker", { worker: idOf("khadija"), role: "Medical" });
export const walled = (told: Told) => told.did("raise-wall", { barred: idOf("khadija"), kind: "Person", reason: "KnowsThePerson" });
export const lookedInto = (told: Told) => told.did("invoke-break-glass", steps.lookingIn, "khadija");
export const closedToLookers = (told: Told) => told.did("close-to-break-glass", { reason: "StaffConflict" }, "imani");
export const warranted = (told: Told) => told.did("issue-warrant", steps.warrant(), "salim");
