import { caseWithConsent, consent, inAYear, organisation } from "../journeys/journey.js";
import type { System } from "../support/system.js";
import { lean } from "./lean.js";

/** So many cases that none of them grows longer than one does in years. */
const cases = 512;

const one = (question: string, code: string) => ({ question, codes: [code] });
const words = (question: string) => ({ question, text: "An invented answer. ".repeat(10) });
const asked = ["locationKnown", "familyKnown", "weapons", "threatsToFamily", "policeTies", "onlineExposure", "journey"];
const answers = [
  one("threatSource", "Recruiter"),
  ...["capability", "intent"].map((each) => one(each, "Medium")),
  ...asked.map((each) => one(each, "No")),
  ...[one("likelihood", "Possible"), one("impact", "Serious"), words("mitigation"), words("mitigationOwner")],
];
const account = "An invented account. ".repeat(20);

/** What people do most in a case: a note of some lines, help that was given, a form, and what endangers her. */
export async function busiestChanges(system: System): Promise<Readonly<Record<string, (index: number) => Promise<unknown>>>> {
  const helped = { ...consent, purpose: "ServiceDelivery", serviceGroups: ["Legal"] };
  const ids: string[] = [];
  for (let opened = 0; opened < cases; opened += 32)
    ids.push(...(await Promise.all(Array.from({ length: 32 }, () => caseWithConsent(system)))));
  for (const id of ids) await system.post("amina", `/v1/cases/${id}/give-consent`, helped);
  const ask = await lean(system, "amina");
  const change = (verb: string, body: object) => (index: number) => ask("POST", `/v1/cases/${ids[index % cases]}/${verb}`, body);
  const delivered = {
    group: "Legal",
    kind: "LegalInformation",
    provider: organisation,
    quantity: 1,
    unit: "Session",
    cost: 100_000,
    currency: "TZS",
  };
  return {
    "a note added": change("add-note", { narrative: account }),
    "a service delivered": change("deliver-service", { ...delivered, durationMinutes: 45 }),
    "an assessment completed": change("complete-assessment", { template: "RSK-1", version: 1, reviewBy: inAYear, safety: answers }),
    "a risk assessed": change("assess-risk", { level: "Medium", reasons: ["Travel"], reviewBy: inAYear, account, knownFrom: "Self" }),
  };
}
