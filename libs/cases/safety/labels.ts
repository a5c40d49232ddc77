import type { Vocabulary } from "#kernel/labels.js";
import type * as codes from "./vocabulary.js";

const riskLevel: Vocabulary<codes.RiskLevel> = {
  Low: ["Low", "Ndogo", "Faible"],
  Medium: ["Medium", "Ya kati", "Moyen"],
  High: ["High", "Kubwa", "Élevé"],
};
const riskReason: Vocabulary<codes.RiskReason> = {
  TraffickerNearby: ["The trafficker is nearby", "Msafirishaji yuko karibu", "Le trafiquant est proche"],
  TraffickerKnowsWhereSheIs: ["The trafficker knows where she is", "Msafirishaji anajua alipo", "Le trafiquant sait où elle est"],
  ThreatsToHer: ["Threats to her", "Vitisho dhidi yake", "Menaces contre elle"],
  ThreatsToFamily: ["Threats to her family", "Vitisho dhidi ya familia yake", "Menaces contre sa famille"],
  Weapons: ["Weapons", "Silaha", "Armes"],
  SuspectKnowsPolice: ["The suspect has ties to the police", "Mtuhumiwa ana uhusiano na polisi", "Le suspect a des liens avec la police"],
  OnlineExposure: ["Exposed online", "Amefichuliwa mtandaoni", "Exposée en ligne"],
  Travel: ["A journey ahead", "Safari iliyo mbele", "Un voyage à venir"],
  PeopleInTheHouse: ["People in the house", "Watu walio ndani ya nyumba", "Des personnes dans la maison"],
  HerOwnState: ["Her own state", "Hali yake mwenyewe", "Son propre état"],
  Other: ["Other", "Nyingine", "Autre"],
};
const incidentKind: Vocabulary<codes.IncidentKind> = {
  Threat: ["Threat", "Tishio", "Menace"],
  Violence: ["Violence", "Ukatili", "Violence"],
  Intrusion: ["Intrusion", "Uvamizi", "Intrusion"],
  Surveillance: ["Being watched", "Kufuatiliwa", "Surveillance"],
  Emergency: ["Emergency", "Dharura", "Urgence"],
  LossOfData: ["Loss of data", "Kupotea kwa taarifa", "Perte de données"],
  Other: ["Other", "Nyingine", "Autre"],
};
const incidentSeverity: Vocabulary<codes.IncidentSeverity> = {
  Minor: ["Minor", "Dogo", "Mineur"],
  Serious: ["Serious", "Zito", "Grave"],
  Critical: ["Critical", "Hatari sana", "Critique"],
};
const incidentOutcome: Vocabulary<codes.IncidentOutcome> = {
  Averted: ["Averted", "Limezuiwa", "Évité"],
  MeasuresTaken: ["Measures taken", "Hatua zimechukuliwa", "Mesures prises"],
  SheMoved: ["She moved", "Amehama", "Elle a changé de lieu"],
  ReportedToPolice: ["Reported to the police", "Limeripotiwa polisi", "Signalé à la police"],
  Unfounded: ["Unfounded", "Halina msingi", "Sans fondement"],
  Other: ["Other", "Nyingine", "Autre"],
};
const flagKind: Vocabulary<codes.FlagKind> = {
  AskBeforeContact: ["Ask before contacting her", "Uliza kabla ya kuwasiliana naye", "Demander avant de la contacter"],
  TwoStaffOnly: ["Two of the staff only", "Wafanyakazi wawili pekee", "À deux seulement"],
  WomenStaffOnly: ["Women only", "Wanawake pekee", "Femmes uniquement"],
  NoPhotos: ["No photographs", "Hakuna picha", "Pas de photos"],
  InterpreterNeeded: ["Interpreter needed", "Mkalimani anahitajika", "Interprète nécessaire"],
  DecisionUrgent: ["A decision is urgent", "Uamuzi wa haraka unahitajika", "Décision urgente"],
};

/** What dangers, incidents and flags are called. */
export const safetyVocabularies = { riskLevel, riskReason, incidentKind, incidentSeverity, incidentOutcome, flagKind };
