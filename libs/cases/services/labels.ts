import type { Vocabulary } from "#kernel/labels.js";
import type * as codes from "./vocabulary.js";

const serviceGroup: Vocabulary<codes.ServiceGroup> = {
  Shelter: ["Shelter", "Makazi", "Hébergement"],
  BasicNeeds: ["Food and basic needs", "Chakula na mahitaji ya msingi", "Nourriture et besoins essentiels"],
  Safety: ["Safety", "Usalama", "Sécurité"],
  Health: ["Health", "Afya", "Santé"],
  Psychosocial: ["Psychosocial support", "Msaada wa kisaikolojia na kijamii", "Soutien psychosocial"],
  Legal: ["Legal help", "Msaada wa kisheria", "Aide juridique"],
  Documents: ["Documents", "Hati", "Documents"],
  PracticalHelp: ["Practical help", "Msaada wa vitendo", "Aide pratique"],
  Education: ["Education", "Elimu", "Éducation"],
  Livelihood: ["Livelihood", "Riziki", "Moyens de subsistance"],
  Family: ["Family", "Familia", "Famille"],
  Return: ["Return", "Kurejea", "Retour"],
  Reintegration: ["Reintegration", "Kujumuishwa upya", "Réintégration"],
  Other: ["Other", "Nyingine", "Autre"],
};
const openService: Vocabulary<codes.OpenService> = {
  Shelter: ["Shelter", "Makazi", "Hébergement"],
  FoodNfi: ["Food and household items", "Chakula na vifaa vya nyumbani", "Nourriture et articles ménagers"],
  HygieneKit: ["Hygiene kit", "Vifaa vya usafi", "Kit d'hygiène"],
  SafetyEscort: ["Escort for safety", "Msindikizaji wa usalama", "Escorte de sécurité"],
  LegalInformation: ["Legal information", "Taarifa za kisheria", "Information juridique"],
  LegalRepresentation: ["Legal representation", "Uwakilishi wa kisheria", "Représentation en justice"],
  CourtAccompaniment: ["Accompaniment to court", "Kusindikizwa mahakamani", "Accompagnement au tribunal"],
  DocumentationSupport: ["Help with documents", "Msaada wa hati", "Aide pour les documents"],
  Interpretation: ["Interpretation", "Ukalimani", "Interprétation"],
  Transport: ["Transport", "Usafiri", "Transport"],
  ChildCare: ["Child care", "Malezi ya watoto", "Garde d'enfants"],
  Education: ["Schooling", "Masomo", "Scolarité"],
  LifeSkills: ["Life skills", "Stadi za maisha", "Compétences de vie"],
  VocationalTraining: ["Vocational training", "Mafunzo ya ufundi", "Formation professionnelle"],
  Livelihood: ["Livelihood support", "Msaada wa riziki", "Aide aux moyens de subsistance"],
  CashOrInKind: ["Cash or in kind", "Fedha au vitu", "En espèces ou en nature"],
  FamilyMediation: ["Family mediation", "Upatanishi wa familia", "Médiation familiale"],
  FamilyTracing: ["Family tracing", "Kutafuta familia", "Recherche de la famille"],
  FamilyReunification: ["Family reunification", "Kuunganishwa na familia", "Réunification familiale"],
  ReturnAssistance: ["Help to return", "Msaada wa kurejea", "Aide au retour"],
  ReintegrationAssistance: ["Help to reintegrate", "Msaada wa kujumuishwa upya", "Aide à la réintégration"],
  Other: ["Other", "Nyingine", "Autre"],
};
const healthService: Vocabulary<codes.HealthService> = {
  MedicalCare: ["Medical care", "Matibabu", "Soins médicaux"],
  ReproductiveHealth: ["Reproductive health", "Afya ya uzazi", "Santé reproductive"],
  HivPep: ["Prophylaxis after exposure", "Kinga baada ya kuambukizwa", "Prophylaxie après exposition"],
};
const psychosocialService: Vocabulary<codes.PsychosocialService> = {
  PsychologicalFirstAid: ["Psychological first aid", "Huduma ya kwanza ya kisaikolojia", "Premiers secours psychologiques"],
  IndividualCounselling: ["Individual counselling", "Ushauri nasaha binafsi", "Conseil individuel"],
  GroupCounselling: ["Group counselling", "Ushauri nasaha wa kikundi", "Conseil en groupe"],
  PsychiatricCare: ["Psychiatric care", "Huduma ya magonjwa ya akili", "Soins psychiatriques"],
};
const serviceStatus: Vocabulary<codes.ServiceStatus> = {
  Requested: ["Requested", "Imeombwa", "Demandé"],
  Scheduled: ["Scheduled", "Imepangwa", "Planifié"],
  Delivered: ["Delivered", "Imetolewa", "Fourni"],
  Missed: ["Missed", "Haikufanyika", "Manqué"],
  Declined: ["Declined", "Imekataliwa", "Refusé"],
};
const urgentStep: Vocabulary<codes.UrgentStep> = {
  Within72Hours: ["Within 72 hours", "Ndani ya saa 72", "Dans les 72 heures"],
  Within120Hours: ["Within 120 hours", "Ndani ya saa 120", "Dans les 120 heures"],
};
const missedBy: Vocabulary<codes.MissedBy> = {
  Person: ["The person", "Mhusika", "La personne"],
  Provider: ["The provider", "Mtoa huduma", "Le prestataire"],
};
const serviceOutcome: Vocabulary<codes.ServiceOutcome> = {
  NeedMet: ["Need met", "Hitaji limetimizwa", "Besoin satisfait"],
  PartlyMet: ["Partly met", "Limetimizwa kwa sehemu", "Satisfait en partie"],
  NotMet: ["Not met", "Halijatimizwa", "Non satisfait"],
  GoesOn: ["Goes on", "Inaendelea", "Se poursuit"],
  ReferredOn: ["Referred on", "Amepewa rufaa", "Orientée ailleurs"],
};
const serviceUnit: Vocabulary<codes.ServiceUnit> = {
  Session: ["Session", "Kikao", "Séance"],
  Hour: ["Hour", "Saa", "Heure"],
  Day: ["Day", "Siku", "Jour"],
  Night: ["Night", "Usiku", "Nuit"],
  Meal: ["Meal", "Mlo", "Repas"],
  Item: ["Item", "Kifaa", "Article"],
  Kit: ["Kit", "Seti", "Kit"],
  Journey: ["Journey", "Safari", "Trajet"],
  Payment: ["Payment", "Malipo", "Paiement"],
};

/** What help is called. */
export const serviceVocabularies = {
  ...{ serviceGroup, openService, healthService, psychosocialService, serviceStatus },
  ...{ urgentStep, missedBy, serviceOutcome, serviceUnit },
};
