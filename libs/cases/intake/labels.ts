import type { Vocabulary } from "#kernel/labels.js";
import { languageLabels } from "#vocabulary/languages.js";
import { regionLabels } from "#vocabulary/regions.js";
import { sourceVocabularies } from "../known-from.js";
import type * as codes from "../vocabulary.js";
import type * as own from "./vocabulary.js";

const sex: Vocabulary<codes.Sex> = {
  Female: ["Female", "Mwanamke", "Femme"],
  Male: ["Male", "Mwanaume", "Homme"],
  Other: ["Other", "Nyingine", "Autre"],
  Unknown: ["Unknown", "Haijulikani", "Inconnu"],
};
const ageBand: Vocabulary<codes.AgeBand> = {
  "0-8": ["0 to 8 years", "Miaka 0 hadi 8", "0 à 8 ans"],
  "9-17": ["9 to 17 years", "Miaka 9 hadi 17", "9 à 17 ans"],
  "18-20": ["18 to 20 years", "Miaka 18 hadi 20", "18 à 20 ans"],
  "21-29": ["21 to 29 years", "Miaka 21 hadi 29", "21 à 29 ans"],
  "30-47": ["30 to 47 years", "Miaka 30 hadi 47", "30 à 47 ans"],
  "48+": ["48 years and over", "Miaka 48 na zaidi", "48 ans et plus"],
  Unknown: ["Unknown", "Haijulikani", "Inconnu"],
};
const contactSource: Vocabulary<codes.ContactSource> = {
  Police: ["Police", "Polisi", "Police"],
  Immigration: ["Immigration", "Uhamiaji", "Immigration"],
  SocialWelfare: ["Social welfare", "Ustawi wa jamii", "Action sociale"],
  Hotline: ["Hotline", "Simu ya msaada", "Ligne d'assistance"],
  NGO: ["Non-governmental organisation", "Shirika lisilo la kiserikali", "Organisation non gouvernementale"],
  Community: ["Community", "Jamii", "Communauté"],
  Self: ["The person herself or himself", "Mhusika mwenyewe", "La personne elle-même"],
  Other: ["Other", "Nyingine", "Autre"],
};
const urgency: Vocabulary<codes.Urgency> = {
  Immediate: ["Immediate", "Mara moja", "Immédiate"],
  Within24Hours: ["Within 24 hours", "Ndani ya saa 24", "Sous 24 heures"],
  Routine: ["Routine", "Kawaida", "Ordinaire"],
};
const ageMethod: Vocabulary<codes.AgeMethod> = {
  Document: ["Document", "Hati", "Document"],
  Statement: ["The person's own statement", "Maelezo ya mhusika", "Déclaration de la personne"],
  MedicalOpinion: ["Medical opinion", "Maoni ya daktari", "Avis médical"],
  SocialAssessment: ["Social assessment", "Tathmini ya kijamii", "Évaluation sociale"],
  Disputed: ["Disputed: treated as a child", "Ina utata: anachukuliwa kuwa mtoto", "Contesté : traité comme un enfant"],
};

const incomingReason: Vocabulary<own.IncomingReason> = {
  AdditionalServicesRequired: ["Additional services required", "Huduma za ziada zinahitajika", "Services supplémentaires nécessaires"],
  MigrationOrChangeOfLocation: ["Migration or change of location", "Uhamaji au kubadilisha mahali", "Migration ou changement de lieu"],
  Other: ["Other", "Nyingine", "Autre"],
};
const acknowledgementChannel: Vocabulary<own.AcknowledgementChannel> = {
  Phone: ["Telephone", "Simu", "Téléphone"],
  Email: ["Email", "Barua pepe", "Courriel"],
  InPerson: ["In person", "Ana kwa ana", "En personne"],
  Letter: ["Letter", "Barua", "Lettre"],
  System: ["In the system", "Kwenye mfumo", "Dans le système"],
};
const urgencyReason: Vocabulary<own.UrgencyReason> = {
  DangerGrew: ["The danger has grown", "Hatari imeongezeka", "Le danger a augmenté"],
  DangerLessened: ["The danger has lessened", "Hatari imepungua", "Le danger a diminué"],
  NeedsGrew: ["She needs more", "Mahitaji yameongezeka", "Les besoins ont augmenté"],
  NeedsMet: ["What she needed was given", "Mahitaji yametimizwa", "Les besoins sont couverts"],
  NewInformation: ["New information", "Taarifa mpya", "Nouvelles informations"],
  AssessedAnew: ["Assessed anew", "Imetathminiwa upya", "Réévaluée"],
  Other: ["Other", "Nyingine", "Autre"],
};
const minimumItem: Vocabulary<own.MinimumItem> = {
  Sex: ["Sex", "Jinsia", "Sexe"],
  Age: ["Age", "Umri", "Âge"],
  Language: ["Language", "Lugha", "Langue"],
  District: ["Responsible district", "Wilaya inayohusika", "District compétent"],
  ReferringOrganisation: ["Organisation that told of her", "Shirika lililotoa taarifa", "Organisation qui l'a signalée"],
  ConsentToInterview: ["Consent to the interview", "Idhini ya kuhojiwa", "Consentement à l'entretien"],
  Identity: ["Identity", "Utambulisho", "Identité"],
  Citizenship: ["Citizenship", "Uraia", "Nationalité"],
  SafeContact: ["Safe way to contact her", "Njia salama ya kuwasiliana naye", "Moyen sûr de la contacter"],
};

/** The code lists of a first contact, with what each code is called. */
export const intakeVocabularies: Readonly<Record<string, Vocabulary>> = {
  sex,
  ageBand,
  region: regionLabels,
  contactSource,
  urgency,
  ageMethod,
  language: languageLabels,
  incomingReason,
  acknowledgementChannel,
  urgencyReason,
  minimumItem,
  ...sourceVocabularies,
};
