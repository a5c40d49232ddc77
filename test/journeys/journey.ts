import { randomUUID } from "node:crypto";
import { demoPeople } from "#platform/sign-in/sign-in.js";
import type { System } from "../support/system.js";

export const organisation = "4c5a1f60-0000-4000-8000-0000000000ff";
export const kigomaKey = "4c5a1f60-0000-4000-8000-00000000000a";
export const inAYear = new Date(Date.now() + 365 * 86_400_000).toISOString();

export const woman = { source: "Police", urgency: "Immediate", region: "Kigoma", sex: "Female", ageBand: "21-29", language: "sw" };
export const consent = {
  purpose: "Interview",
  recipients: [organisation],
  dataClasses: ["identity", "narrative"],
  expiresAt: inAYear,
  givenBy: "self",
  evidence: "Signature",
};
export const findings = {
  formVersion: 1,
  acts: ["Recruitment"],
  means: ["Deception"],
  exploitations: ["ForcedLabour"],
  methodsOfControl: ["TakesEarnings"],
  account: "An invented account",
};

/** The shelter in Kigoma, with these beds. Answers its id. */
export async function shelterWith(system: System, beds: readonly object[]): Promise<string> {
  const { body } = await system.post(
    "esther",
    "/v1/shelters/register-shelter",
    { code: "KIG-1", region: "Kigoma", address: "Invented street 1" },
    { "idempotency-key": kigomaKey },
  );
  await system.post("esther", `/v1/shelters/${body.id}/change-capacity`, { beds });
  return body.id;
}

/** A woman's case with consent to the interview. Answers its id. */
export async function caseWithConsent(system: System, over: object = {}): Promise<string> {
  const { body } = await system.post("amina", "/v1/cases/open-case", { ...woman, ...over }, { "idempotency-key": randomUUID() });
  await system.post("amina", `/v1/cases/${body.id}/give-consent`, consent);
  return body.id;
}

/** Takes somebody of the demo into the team of a case. */
export async function assign(system: System, caseId: string, username: string, by = "amina"): Promise<void> {
  const { id } = demoPeople.find((each) => each.username === username)!;
  await system.post(by, `/v1/cases/${caseId}/assign-worker`, { worker: id, role: "CaseWorker" });
}

/** Asks again until it is so. */
export async function eventually<T>(ask: () => Promise<T>, isSo: (answer: T) => boolean, seconds = 20): Promise<T> {
  const end = Date.now() + seconds * 1_000;
  for (;;) {
    const answer = await ask();
    if (isSo(answer)) return answer;
    if (Date.now() > end) throw new Error(`not so after ${seconds} s: ${JSON.stringify(answer)}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
