import type { Vocabulary } from "#kernel/labels.js";
import type * as codes from "../vocabulary.js";

const act: Vocabulary<codes.Act> = {
  Recruitment: ["Recruitment", "Kuajiri au kuandikisha", "Recrutement"],
  Transportation: ["Transportation", "Kusafirisha", "Transport"],
  Transfer: ["Transfer", "Kuhamisha", "Transfert"],
  Harbouring: ["Harbouring", "Kuhifadhi kwa siri", "Hébergement"],
  Receipt: ["Receipt", "Kupokea", "Accueil"],
};
const means: Vocabulary<codes.Means> = {
  ThreatOrForce: ["Threat or use of force", "Vitisho au matumizi ya nguvu", "Menace ou recours à la force"],
  Coercion: ["Coercion", "Shuruti", "Contrainte"],
  Abduction: ["Abduction", "Utekaji", "Enlèvement"],
  Fraud: ["Fraud", "Ulaghai", "Fraude"],
  Deception: ["Deception", "Udanganyifu", "Tromperie"],
  AbuseOfPower: ["Abuse of power", "Matumizi mabaya ya madaraka", "Abus d'autorité"],
  AbuseOfVulnerability: ["Abuse of a position of vulnerability", "Kutumia vibaya hali ya udhaifu", "Abus d'une situation de vulnérabilité"],
  PaymentToControllingPerson: [
    "Payment to a person in control",
    "Malipo kwa mwenye mamlaka juu ya mtu",
    "Paiement à une personne ayant autorité",
  ],
};
const exploitation: Vocabulary<codes.Exploitation> = {
  ForcedLabour: ["Forced labour", "Kazi ya kulazimishwa", "Travail forcé"],
  SexualExploitation: ["Sexual exploitation", "Unyonyaji wa kingono", "Exploitation sexuelle"],
  ChildLabour: ["Child labour", "Ajira ya watoto", "Travail des enfants"],
  ForcedMarriage: ["Forced marriage", "Ndoa ya kulazimishwa", "Mariage forcé"],
  Servitude: ["Servitude", "Utumwa wa majumbani", "Servitude"],
  ForcedMilitaryByNonStateActors: [
    "Forced military service by non-state actors",
    "Kulazimishwa kupigana na makundi yasiyo ya serikali",
    "Service armé forcé par des acteurs non étatiques",
  ],
  OrganRemoval: ["Removal of organs", "Kuondolewa viungo", "Prélèvement d'organes"],
  ForcedBegging: ["Forced begging", "Kuombaomba kwa kulazimishwa", "Mendicité forcée"],
  ForcedAdoption: ["Forced adoption", "Kuasiliwa kwa kulazimishwa", "Adoption forcée"],
  Surrogacy: ["Surrogacy", "Kubeba mimba kwa niaba", "Gestation pour autrui"],
  Other: ["Other", "Nyingine", "Autre"],
  "ext:ForcedCriminality": ["Forced criminality", "Kulazimishwa kutenda uhalifu", "Criminalité forcée"],
};
const methodOfControl: Vocabulary<codes.MethodOfControl> = {
  PhysicalThreats: ["Threats of violence", "Vitisho vya ukatili", "Menaces physiques"],
  ThreatsLawEnforcement: [
    "Threats of the police or of deportation",
    "Vitisho vya polisi au kufukuzwa nchini",
    "Menaces de la police ou d'expulsion",
  ],
  ThreatensChildrenFamily: [
    "Threats against children or family",
    "Vitisho dhidi ya watoto au familia",
    "Menaces contre les enfants ou la famille",
  ],
  DebtBondage: ["Debt bondage", "Utumwa wa deni", "Servitude pour dettes"],
  FalsePromises: ["False promises", "Ahadi za uongo", "Fausses promesses"],
  PhysicalAbuse: ["Physical abuse", "Unyanyasaji wa kimwili", "Violences physiques"],
  SexualAbuse: ["Sexual abuse", "Unyanyasaji wa kingono", "Violences sexuelles"],
  TakesEarnings: ["Takes earnings", "Huchukua mapato", "Confiscation des revenus"],
  RestrictsFinancialAccess: ["Restricts access to money", "Huzuia upatikanaji wa fedha", "Restriction de l'accès à l'argent"],
  RestrictsMedicalCare: ["Restricts medical care", "Huzuia matibabu", "Restriction des soins médicaux"],
  WithholdsNecessities: ["Withholds food and other necessities", "Hunyima chakula na mahitaji", "Privation du nécessaire"],
  PsychologicalAbuse: ["Psychological abuse", "Unyanyasaji wa kisaikolojia", "Violences psychologiques"],
  PsychoactiveSubstance: ["Drugs or alcohol", "Dawa za kulevya au pombe", "Drogues ou alcool"],
  ExcessiveWorkingHours: ["Excessive working hours", "Saa nyingi kupita kiasi za kazi", "Horaires de travail excessifs"],
  WithholdsDocuments: ["Withholds documents", "Hushikilia hati", "Confiscation de documents"],
  Other: ["Other", "Nyingine", "Autre"],
  "ext:RestrictsMovement": ["Restricts movement", "Huzuia uhuru wa kutembea", "Restriction des déplacements"],
  "ext:UsesChildren": ["Uses children as a hold", "Hutumia watoto kama kishikizo", "Utilise les enfants comme moyen de pression"],
};
const relationship: Vocabulary<codes.Relationship> = {
  Familial: ["Family", "Ndugu", "Famille"],
  Acquainted: ["Known to the person", "Anayemfahamu", "Personne connue"],
  Unaquainted: ["Not known to the person", "Asiyemfahamu", "Personne inconnue"],
};
const traffickingStatus: Vocabulary<codes.TraffickingStatus> = {
  PossibleVictimOfTrafficking: [
    "Possible victim of trafficking",
    "Anayedhaniwa kuwa mhanga wa usafirishaji haramu",
    "Victime possible de la traite",
  ],
  ActualVictimOfTrafficking: ["Victim of trafficking", "Mhanga wa usafirishaji haramu", "Victime de la traite"],
  NotAVictimOfTrafficking: ["Not a victim of trafficking", "Si mhanga wa usafirishaji haramu", "N'est pas victime de la traite"],
};
const decidingOrganisation: Vocabulary<codes.DecidingOrganisation> = {
  Police: ["Police", "Polisi", "Police"],
  NGO: ["Non-governmental organisation", "Shirika lisilo la kiserikali", "Organisation non gouvernementale"],
  CourtOrProsecution: ["Court or prosecution", "Mahakama au mwendesha mashtaka", "Tribunal ou parquet"],
  NonPoliceGovernmentalOrganization: ["Other government body", "Taasisi nyingine ya serikali", "Autre organisme public"],
  Other: ["Other", "Nyingine", "Autre"],
};
const decisionBasis: Vocabulary<codes.DecisionBasis> = {
  Screening: ["Screening", "Uchunguzi wa awali", "Dépistage"],
  Interview: ["Interview", "Mahojiano", "Entretien"],
  Investigation: ["Investigation", "Upelelezi", "Enquête"],
  CourtDecision: ["Court decision", "Uamuzi wa mahakama", "Décision de justice"],
  NewInformation: ["New information", "Taarifa mpya", "Nouvelles informations"],
};
const historyEventType: Vocabulary<codes.HistoryEventType> = {
  Recruitment: ["Recruitment", "Kuajiri au kuandikisha", "Recrutement"],
  Transit: ["Transit", "Safari", "Transit"],
  Exploitation: ["Exploitation", "Unyonyaji", "Exploitation"],
};

/** What the findings of a screening, and the decisions that follow, are called. */
export const screeningVocabularies = {
  act,
  means,
  exploitation,
  methodOfControl,
  relationship,
  traffickingStatus,
  decidingOrganisation,
  decisionBasis,
  historyEventType,
};
