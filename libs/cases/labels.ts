import type { Vocabulary } from "#kernel/labels.js";
import { consentVocabularies } from "./consent/labels.js";
import type { Stage } from "./stage.js";
import { screeningVocabularies } from "./screening/labels.js";
import type * as codes from "./vocabulary.js";

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
const region: Vocabulary<codes.Region> = {
  Kigoma: ["Kigoma", "Kigoma", "Kigoma"],
  Kagera: ["Kagera", "Kagera", "Kagera"],
  Mwanza: ["Mwanza", "Mwanza", "Mwanza"],
  DarEsSalaam: ["Dar es Salaam", "Dar es Salaam", "Dar es Salaam"],
  Other: ["Other region", "Mkoa mwingine", "Autre région"],
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
const language: Vocabulary<codes.Language> = {
  sw: ["Swahili", "Kiswahili", "Swahili"],
  en: ["English", "Kiingereza", "Anglais"],
  fr: ["French", "Kifaransa", "Français"],
  rn: ["Kirundi", "Kirundi", "Kirundi"],
  rw: ["Kinyarwanda", "Kinyarwanda", "Kinyarwanda"],
  lg: ["Luganda", "Kiganda", "Luganda"],
  so: ["Somali", "Kisomali", "Somali"],
  am: ["Amharic", "Kiamhari", "Amharique"],
  pt: ["Portuguese", "Kireno", "Portugais"],
  ar: ["Arabic", "Kiarabu", "Arabe"],
  other: ["Another language", "Lugha nyingine", "Autre langue"],
};
const closureReason: Vocabulary<codes.ClosureReason> = {
  GoalsAchieved: ["Goals achieved", "Malengo yametimia", "Objectifs atteints"],
  SupportPeriodEnded: ["Support period ended", "Kipindi cha msaada kimeisha", "Fin de la période d'accompagnement"],
  ReturnedHome: ["Returned home", "Amerejea nyumbani", "Retour chez soi"],
  ReunifiedWithFamily: ["Reunified with family", "Ameunganishwa na familia", "Réunification familiale"],
  TransferredToAgency: ["Transferred to another agency", "Amehamishiwa taasisi nyingine", "Transfert à un autre organisme"],
  DeclinedFurtherSupport: ["Declined further support", "Amekataa msaada zaidi", "A refusé la suite de l'aide"],
  LeftWithoutNotice: ["Left without notice", "Ameondoka bila taarifa", "Départ sans préavis"],
  NotAVictim: ["Not a victim of trafficking", "Si mhanga", "N'est pas victime"],
  Relocated: ["Relocated", "Amehama", "Déménagement"],
  Deceased: ["Deceased", "Amefariki", "Décès"],
  Duplicate: ["Duplicate of another case", "Shauri lililorudiwa", "Doublon"],
  FundingEnded: ["Funding ended", "Ufadhili umeisha", "Fin du financement"],
  SecurityReasons: ["Security reasons", "Sababu za usalama", "Raisons de sécurité"],
  Other: ["Other", "Nyingine", "Autre"],
};
const approvalReason: Vocabulary<codes.ApprovalReason> = {
  GoalsMet: ["Goals met", "Malengo yametimia", "Objectifs atteints"],
  HerOwnDecision: ["Her own decision", "Uamuzi wake mwenyewe", "Sa propre décision"],
  SupportGoesOnElsewhere: ["Support goes on elsewhere", "Msaada unaendelea kwingine", "Le soutien continue ailleurs"],
  NothingMoreToDo: ["Nothing more can be done", "Hakuna zaidi la kufanya", "Plus rien à faire"],
  Other: ["Other", "Nyingine", "Autre"],
};
const rejectionReason: Vocabulary<codes.RejectionReason> = {
  NeedsRemain: ["Needs remain", "Bado kuna mahitaji", "Des besoins demeurent"],
  NotSafeYet: ["Not safe yet", "Bado si salama", "Pas encore en sécurité"],
  FollowUpMissing: ["No follow-up arranged", "Ufuatiliaji haujapangwa", "Aucun suivi prévu"],
  InformationMissing: ["Information is missing", "Taarifa hazijakamilika", "Informations manquantes"],
  WrongReason: ["The reason for closing is wrong", "Sababu ya kufunga si sahihi", "Motif de clôture inexact"],
  Other: ["Other", "Nyingine", "Autre"],
};
const reopeningReason: Vocabulary<codes.ReopeningReason> = {
  NewNeeds: ["New needs", "Mahitaji mapya", "Nouveaux besoins"],
  ReTrafficked: ["Trafficked again", "Amesafirishwa tena kiharamu", "Nouvelle traite"],
  ReturnedToShelter: ["Returned to the shelter", "Amerejea kwenye makazi", "Retour au refuge"],
  ClosedInError: ["Closed in error", "Lilifungwa kimakosa", "Clos par erreur"],
  Other: ["Other", "Nyingine", "Autre"],
};

const stage: Vocabulary<Stage> = {
  Draft: ["First contact", "Mawasiliano ya kwanza", "Premier contact"],
  Screening: ["Being screened", "Inachunguzwa", "En cours de dépistage"],
  Open: ["Open", "Wazi", "Ouvert"],
  ClosureRequested: ["Closing asked for", "Ombi la kufunga", "Clôture demandée"],
  Closed: ["Closed", "Imefungwa", "Clos"],
};

/** The code lists of cases, with what each code is called. */
export const caseVocabularies: Readonly<Record<string, Vocabulary>> = {
  sex,
  ageBand,
  region,
  contactSource,
  urgency,
  ageMethod,
  language,
  ...screeningVocabularies,
  ...consentVocabularies,
  stage,
  closureReason,
  approvalReason,
  rejectionReason,
  reopeningReason,
};
