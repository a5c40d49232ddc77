import type { Vocabulary } from "#kernel/labels.js";
import type * as codes from "./vocabulary.js";

const teamRole: Vocabulary<codes.TeamRole> = {
  CaseLead: ["Responsible for the case", "Msimamizi wa kesi", "Responsable du dossier"],
  CaseWorker: ["Case worker", "Mhudumu wa kesi", "Travailleur social"],
  Medical: ["Medical care", "Huduma za afya", "Soins médicaux"],
  Psychosocial: ["Psychosocial care", "Huduma za kisaikolojia", "Soutien psychosocial"],
  Legal: ["Legal aid", "Msaada wa kisheria", "Aide juridique"],
  Return: ["Return and reintegration", "Kurejea na kujumuishwa", "Retour et réintégration"],
  ChildProtection: ["Child protection", "Ulinzi wa mtoto", "Protection de l'enfance"],
  Interpreter: ["Interpreter", "Mkalimani", "Interprète"],
};
const leavingReason: Vocabulary<(typeof codes.leavingReasons)[number]> = {
  TaskDone: ["The task is done", "Kazi imekamilika", "Tâche accomplie"],
  Moved: ["Works elsewhere now", "Amehamia kazi nyingine", "Muté ailleurs"],
  LeftTheOrganisation: ["Left the organisation", "Ameacha kazi katika shirika", "A quitté l'organisation"],
  HerOwnWish: ["The worker's own wish", "Kwa ombi la mfanyakazi", "À la demande du travailleur"],
  SurvivorsWish: ["The survivor's wish", "Kwa ombi la manusura", "À la demande de la personne"],
  Other: ["Other", "Nyingine", "Autre"],
};
/** Also as it follows from a hand-over. */
const leftBecause: Vocabulary<codes.LeavingReason> = { ...leavingReason, HandedOver: ["Handed over", "Amekabidhi", "Transmis"] };
const barredKind: Vocabulary<codes.BarredKind> = {
  Person: ["Person", "Mtu", "Personne"],
  Organisation: ["Organisation", "Shirika", "Organisation"],
};
const wallReason: Vocabulary<codes.WallReason> = {
  KnowsThePerson: ["Knows the person privately", "Anamfahamu mhusika binafsi", "Connaît la personne en privé"],
  KnowsTheAccused: ["Knows whoever is accused", "Anamfahamu mtuhumiwa", "Connaît la personne accusée"],
  IsAccused: ["Is accused", "Ni mtuhumiwa", "Est accusé"],
  SurvivorsWish: ["The survivor's wish", "Kwa ombi la manusura", "À la demande de la personne"],
  Other: ["Other", "Nyingine", "Autre"],
};
const loweringReason: Vocabulary<codes.LoweringReason> = {
  RaisedInError: ["Raised in error", "Kiliwekwa kimakosa", "Élevé par erreur"],
  ReasonGone: ["The reason is gone", "Sababu haipo tena", "La raison n'existe plus"],
  SurvivorsWish: ["The survivor's wish", "Kwa ombi la manusura", "À la demande de la personne"],
  Other: ["Other", "Nyingine", "Autre"],
};

export const teamVocabularies = { teamRole, leavingReason, leftBecause, barredKind, wallReason, loweringReason };
