import type { Vocabulary } from "#kernel/labels.js";
import type * as codes from "../vocabulary.js";

const consentPurpose: Vocabulary<codes.Purpose> = {
  Interview: ["Interview", "Mahojiano", "Entretien"],
  CaseManagement: ["Case management", "Usimamizi wa shauri", "Gestion du dossier"],
  ServiceDelivery: ["Services", "Utoaji wa huduma", "Prestation de services"],
  ShareWithProvider: ["Sharing with a service provider", "Kushirikisha mtoa huduma", "Partage avec un prestataire"],
  ShareWithLawEnforcement: ["Sharing with law enforcement", "Kushirikisha vyombo vya sheria", "Partage avec les forces de l'ordre"],
  ShareWithGovernmentNrm: [
    "Sharing with the national referral mechanism",
    "Kushirikisha mfumo wa taifa wa rufaa",
    "Partage avec le mécanisme national d'orientation",
  ],
  FamilyTracing: ["Family tracing", "Kutafuta familia", "Recherche de la famille"],
  ReturnArrangement: ["Arranging a return", "Maandalizi ya kurejea", "Organisation du retour"],
  PhotoMedia: ["Photographs and media", "Picha na vyombo vya habari", "Photographies et médias"],
  AnonymisedReporting: ["Anonymised reporting", "Taarifa zisizo na majina", "Rapports anonymisés"],
  AnonymisedResearch: ["Anonymised research", "Utafiti usio na majina", "Recherche anonymisée"],
  FollowUpContact: ["Contact for follow-up", "Mawasiliano ya ufuatiliaji", "Contact de suivi"],
  CrossBorderTransfer: ["Transfer across a border", "Kuhamisha taarifa nje ya nchi", "Transfert transfrontalier"],
};
const dataClass: Vocabulary<codes.DataClass> = {
  identity: ["Identity", "Utambulisho", "Identité"],
  contact: ["Contact", "Mawasiliano", "Coordonnées"],
  location: ["Location", "Mahali", "Lieu"],
  narrative: ["What was told", "Maelezo", "Récit"],
  health: ["Health", "Afya", "Santé"],
  psychosocial: ["Psychosocial", "Kisaikolojia na kijamii", "Psychosocial"],
  legal: ["Legal", "Kisheria", "Juridique"],
  perpetrator: ["Alleged perpetrator", "Mtuhumiwa", "Auteur présumé"],
  safety: ["Safety", "Usalama", "Sécurité"],
};
const giver: Vocabulary<codes.Giver> = {
  self: ["The person herself or himself", "Mhusika mwenyewe", "La personne elle-même"],
  guardian: ["Guardian", "Mlezi", "Tuteur"],
  "social-welfare-officer": ["Social welfare officer", "Afisa ustawi wa jamii", "Agent de l'action sociale"],
};
const evidence: Vocabulary<codes.Evidence> = {
  Signature: ["Signature", "Sahihi", "Signature"],
  Thumbprint: ["Thumbprint", "Dole gumba", "Empreinte du pouce"],
  AudioRecording: ["Audio recording", "Rekodi ya sauti", "Enregistrement audio"],
  WitnessedVerbal: ["Spoken before a witness", "Kwa mdomo mbele ya shahidi", "Oral devant témoin"],
};
const vitalInterest: Vocabulary<codes.VitalInterest> = {
  ImmediateThreatToLife: ["Immediate threat to life", "Tishio la haraka kwa maisha", "Menace immédiate pour la vie"],
  CannotConsent: ["Cannot consent", "Hawezi kutoa ridhaa", "Ne peut pas consentir"],
  MedicalEmergency: ["Medical emergency", "Dharura ya kiafya", "Urgence médicale"],
  ChildAtRisk: ["Child at risk", "Mtoto aliye hatarini", "Enfant en danger"],
};
const emergencyRefusal: Vocabulary<codes.EmergencyRefusal> = {
  NoVitalInterest: ["No vital interest is at stake", "Hakuna maslahi ya uhai yaliyo hatarini", "Aucun intérêt vital n'est en jeu"],
  SheCanBeAsked: ["She can be asked herself", "Anaweza kuulizwa mwenyewe", "Elle peut être consultée elle-même"],
  SheHasSaidNo: ["She has said no", "Amekataa", "Elle a dit non"],
  AnotherWay: ["There is another way", "Kuna njia nyingine", "Il y a un autre moyen"],
  NotAsked: ["Was never asked", "Hakuulizwa kamwe", "N'a jamais été consultée"],
  Other: ["Other", "Nyingine", "Autre"],
};
const emergencyFinding: Vocabulary<codes.EmergencyFinding> = {
  Justified: ["Justified", "Ilihalalishwa", "Justifié"],
  NotJustified: ["Not justified", "Haikuhalalishwa", "Non justifié"],
};

const consentStatus: Vocabulary<codes.ConsentStatus> = {
  Given: ["Given", "Imetolewa", "Donné"],
  Narrowed: ["Given, and made less since", "Imetolewa, kisha kupunguzwa", "Donné, puis restreint"],
  Withdrawn: ["Withdrawn", "Imeondolewa", "Retiré"],
  Expired: ["Expired", "Muda umeisha", "Expiré"],
};

/** What the parts of a consent are called. */
export const consentVocabularies = {
  ...{ consentStatus, consentPurpose, dataClass, giver, evidence, vitalInterest },
  ...{ emergencyRefusal, emergencyFinding },
};
