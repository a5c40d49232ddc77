import { consent, findings, woman } from "../journeys/journey.js";
import { idOf, inDays, type Told } from "./told.js";

// What is done with a case on the way into many states.

export async function ofAWoman(told: Told): Promise<string> {
  told.at = await told.begun("/v1/cases/open-case", woman);
  return told.at;
}

/** Her case, with her consent to be asked. */
export async function ofAWomanAsked(told: Told): Promise<string> {
  await ofAWoman(told);
  await told.did("give-consent", consent);
  return told.at;
}

export const consentTo = (purpose: string, over: object = {}) => ({ ...consent, purpose, ...over });
export const help = (...serviceGroups: string[]) => consentTo("ServiceDelivery", { dataClasses: ["health"], serviceGroups });

export async function screened(told: Told): Promise<void> {
  await told.did("start-screening", { formVersion: 1 });
  await told.did("complete-screening", findings);
}

export const decision = (status: string, over: object = {}) => ({ status, decidedBy: "NGO", basis: "Screening", ...over });
export const possible = decision("PossibleVictimOfTrafficking");
export const actual = decision("ActualVictimOfTrafficking");
export const noVictim = decision("NotAVictimOfTrafficking");

export const goal = { domain: "Livelihood", dueBy: inDays(60), target: "Invented goal" };
export const goalsOf = (state: any): { goal: string; actions: { action: string }[] }[] => state.plan.goals;

export async function drafted(told: Told): Promise<void> {
  await told.did("draft-case-plan", { reviewBy: inDays(90) });
}

/** With a goal, and a step towards it. */
export async function written(told: Told): Promise<void> {
  await drafted(told);
  await told.did("set-goal", goal);
  const step = { goal: goalsOf(await told.state())[0]!.goal, responsible: idOf("amina"), dueBy: inDays(7), task: "Invented task" };
  await told.did("set-plan-action", step);
}

export async function agreed(told: Told): Promise<void> {
  await written(told);
  await told.did("agree-to-case-plan", { evidence: "Signature" });
}

export async function submitted(told: Told): Promise<void> {
  await agreed(told);
  await told.did("submit-case-plan");
}

export async function approved(told: Told): Promise<void> {
  await submitted(told);
  await told.did("approve-case-plan", {}, "imani");
}

export const emergency = () => ({ vitalInterest: "MedicalEmergency", authorisedBy: idOf("imani"), reviewBy: inDays(1) });

const days = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
export const always = days.map((day) => ({ day, from: 0, until: 24 }));
/** Days from the day after tomorrow on: by no clock is it one of them. */
export const never = [2, 3, 4].map((later) => ({ day: days[(new Date().getUTCDay() + 6 + later) % 7]!, from: 0, until: 24 }));

export const riskForm = {
  ...{ template: "RSK-1", version: 1 },
  safety: [
    { question: "likelihood", codes: ["Likely"] },
    { question: "impact", codes: ["Severe"] },
  ],
};
export const lookingIn = { reason: "MedicalEmergency", explanation: "Invented words", informed: idOf("imani"), hours: 1 };
export const warrant = (over: object = {}) => ({ holder: idOf("rehema"), areas: ["narrative"], reason: "Audit", days: 7, ...over });
