import { onDay } from "../telling.js";
import type { Life } from "./life.js";

const one = (question: string, code: string) => ({ question, codes: [code] });
const words = (question: string) => ({ question, text: "An invented answer." });
type Answer = ReturnType<typeof one> | ReturnType<typeof words>;

/** A form that was filled in; of some, answers are left out. What the nurse and the psychologist ask is told by them, where there are any. */
function fillsIn(
  life: Life,
  offset: number,
  form: { template: string; reviewBy?: string },
  told: Readonly<Record<string, readonly Answer[]>>,
): string {
  const { random } = life;
  const isWhole = random.chance(0.75);
  const answers = Object.entries(told).map(([name, all]) => [name, isWhole || all.length < 4 ? all : all.slice(2)] as const);
  return life.step(offset, "own", "complete-assessment", { ...form, version: 1, ...Object.fromEntries(answers) });
}

/** The forms that she is asked by when she comes. */
export function isAssessed(life: Life): void {
  isAskedWhatHappened(life);
  isAskedWhatThreatens(life);
  if (life.victim || life.random.chance(0.5)) isAskedWhatSheNeeds(life);
}

/** What those of the clinic add to a form. */
function clinicAdds(life: Life, offset: number, form: string, told: { health?: Answer[]; psychosocial?: Answer[] }): void {
  if (!life.hasClinic || !life.random.chance(0.7)) return;
  const assessment = life.made(form, "assessment");
  if (told.health) life.step(offset, "nurse", "supplement-assessment", { assessment, health: told.health });
  if (told.psychosocial) life.step(offset, "psychologist", "supplement-assessment", { assessment, psychosocial: told.psychosocial });
}

function isAskedWhatHappened(life: Life): void {
  const { random, arrival } = life;
  const narrative = [
    one("documentsHeldBy", random.pick(["Herself", "Employer", "HasNone"])),
    one("companion", random.pick(["NoOne", "Relative", "Official"])),
    one("interviewPlace", random.pick(["Shelter", "PoliceStation", "Office"])),
    one("interpreter", "No"),
    one("firstContact", random.pick(["InPerson", "Telephone", "Agency"])),
    one("travelledWith", random.pick(["Alone", "Accompanied", "InAGroup"])),
    { question: "acts", codes: ["Recruitment", "Transportation"] },
    one("means", "Deception"),
    one("exploitations", random.pick(["ForcedLabour", "Servitude"])),
    one("control", random.pick(["DebtBondage", "TakesEarnings"])),
    one("childrenInvolved", random.pick(["Yes", "No", "Unknown"])),
    one("workersView", random.pick(["StrongSigns", "SomeSigns", "Unclear"])),
  ];
  const form = fillsIn(life, arrival + 1, { template: "SCR-1" }, { narrative, safety: [words("fears")] });
  clinicAdds(life, arrival + 2, form, { health: [one("urgentCare", "No")] });
}

function isAskedWhatThreatens(life: Life): void {
  const { random, arrival } = life;
  const asked = ["locationKnown", "familyKnown", "weapons", "threatsToFamily", "policeTies", "onlineExposure", "journey"];
  const safety = [
    words("mitigation"),
    words("mitigationOwner"),
    one("threatSource", random.pick(["Recruiter", "Exploiter", "Family"])),
    one("capability", random.pick(["Low", "Medium", "High"])),
    one("intent", random.pick(["Low", "Medium", "High"])),
    ...asked.map((each) => one(each, random.pick(["Yes", "No", "Unknown"]))),
    one("likelihood", random.pick(["Unlikely", "Possible", "Likely"])),
    one("impact", random.pick(["Minor", "Serious", "Severe"])),
  ];
  const form = fillsIn(life, arrival + 3, { template: "RSK-1", reviewBy: onDay(arrival + 33) }, { safety });
  clinicAdds(life, arrival + 4, form, { health: [one("urgentCare", "No")], psychosocial: [one("selfHarm", "No")] });
}

function isAskedWhatSheNeeds(life: Life): void {
  const { random, arrival } = life;
  const narrative = [
    one("structuralStrengths", random.pick(["LegalStay", "LegalAid", "None"])),
    one("structuralRisks", random.pick(["NoLegalStay", "Drought", "None"])),
    one("individualRisks", random.pick(["LittleSchooling", "NoIncome", "Debt"])),
    one("individualStrengths", random.pick(["Skills", "Schooling", "Plans"])),
    one("householdRisks", random.pick(["Poverty", "Separation", "None"])),
    one("householdStrengths", random.pick(["TrustedRelative", "SafeHome", "None"])),
    one("communityRisks", random.pick(["Stigma", "NoServices", "None"])),
    one("communityStrengths", random.pick(["Friends", "Groups", "None"])),
    one("immediateNeeds", random.pick(["Safety", "Clothes", "Documents"])),
    words("wishes"),
  ];
  const form = fillsIn(life, arrival + 5, { template: "NDS-1" }, { narrative });
  clinicAdds(life, arrival + 6, form, {
    health: [one("disability", "None"), one("pregnancy", life.female ? "No" : "NotApplicable")],
    psychosocial: [one("distress", random.pick(["Little", "Much"]))],
  });
}

/** How she looks back on it, when her case is closed. */
export function isAskedAtTheEnd(life: Life, offset: number, reason: string): void {
  const { random } = life;
  const asked = ["feltSafe", "wasRespected", "wasHeard", "wasInformed", "decidedMyself", "helpCameInTime", "helpWasRight"];
  const narrative = [
    one("goals", random.pick(["Reached", "PartlyReached"])),
    one("contactAgreed", life.followedUp ? "Yes" : "No"),
    one("reason", reason),
    ...asked.map((each) => one(each, random.pick(["3", "4", "5"]))),
    one("keptFor", "AsUsual"),
  ];
  fillsIn(life, offset, { template: "CLS-1" }, { narrative, safety: [one("safetyAtExit", random.pick(["Low", "Medium"]))] });
}
