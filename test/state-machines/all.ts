import { eicar } from "../support/scanner.js";
import { caseStatus } from "./case-status.js";
import { consents, emergencies } from "./consent.js";
import { age, hotline, notification, safeContact } from "./contact.js";
import { identification, reflection } from "./identification.js";
import type { Machine } from "./machine.js";
import { breakGlass, team, warrants } from "./people.js";
import { goals, plan } from "./plan.js";
import { assessments, documentsWith, mistakes, notes } from "./records.js";
import { flags, incidents, risks, safetyPlans } from "./safety.js";
import { services, urgentCare } from "./services.js";
import { allegations, casesOfEvents, relatedCases, sharing } from "./together.js";

/** What takes longest to come into a state is first. */
export const machines: readonly Machine[] = [
  ...[consents, emergencies, documentsWith("Invented, unanswered", `Invented. ${eicar}`), caseStatus],
  ...[identification, reflection, plan, goals, services, urgentCare],
  ...[risks, safetyPlans, flags, incidents, notes, assessments, mistakes],
  ...[team, breakGlass, warrants, relatedCases, sharing, casesOfEvents, allegations],
  ...[notification, age, safeContact, hotline],
];
