import type { Vocabulary } from "#kernel/labels.js";
import { roleLabels } from "#access/role-labels.js";
import type { GivenRole } from "./membership/membership.js";
import type * as codes from "./vocabulary.js";

const organisationType: Vocabulary<codes.OrganisationType> = {
  NGO: ["Non-governmental organisation", "Shirika lisilo la kiserikali", "Organisation non gouvernementale"],
  InternationalOrganisation: ["International organisation", "Shirika la kimataifa", "Organisation internationale"],
  LawEnforcement: ["Law enforcement", "Vyombo vya sheria", "Forces de l'ordre"],
  HealthServiceOrganisation: ["Health service", "Huduma ya afya", "Service de santé"],
  CentralGovernmentOrganisation: ["Central government", "Serikali kuu", "Administration centrale"],
  LocalGovernmentOrganisation: ["Local government", "Serikali za mitaa", "Administration locale"],
  ImmigrationService: ["Immigration service", "Idara ya uhamiaji", "Service de l'immigration"],
  LegalService: ["Legal service", "Huduma ya kisheria", "Service juridique"],
  CorporateBusiness: ["Business", "Kampuni", "Entreprise"],
  SchoolOrCollege: ["School or college", "Shule au chuo", "École ou collège"],
};
const offeredService: Vocabulary<codes.OfferedService> = {
  Shelter: ["Shelter", "Makazi", "Hébergement"],
  Health: ["Health care", "Huduma ya afya", "Soins de santé"],
  Psychosocial: ["Psychosocial support", "Msaada wa kisaikolojia na kijamii", "Soutien psychosocial"],
  Legal: ["Legal aid", "Msaada wa kisheria", "Aide juridique"],
  Protection: ["Protection", "Ulinzi", "Protection"],
  Education: ["Education", "Elimu", "Éducation"],
  Livelihood: ["Livelihood", "Kipato", "Moyens de subsistance"],
  Material: ["Material help", "Msaada wa vifaa", "Aide matérielle"],
  Transport: ["Transport", "Usafiri", "Transport"],
  Interpretation: ["Interpretation", "Ukalimani", "Interprétation"],
  Return: ["Return", "Kurejea", "Retour"],
  FamilyTracing: ["Family tracing", "Kutafuta familia", "Recherche de la famille"],
};
const suspensionReason: Vocabulary<codes.SuspensionReason> = {
  Safeguarding: ["Safeguarding", "Ulinzi wa walio hatarini", "Protection des personnes"],
  DataProtection: ["Data protection", "Ulinzi wa data", "Protection des données"],
  ProtocolBroken: ["A protocol was broken", "Itifaki ilivunjwa", "Protocole enfreint"],
  Closed: ["It has closed", "Limefungwa", "Fermée"],
  Other: ["Other", "Nyingine", "Autre"],
};
const protocolEnding: Vocabulary<codes.ProtocolEnding> = {
  Expired: ["Expired", "Muda umeisha", "Expiré"],
  Withdrawn: ["Withdrawn", "Limeondolewa", "Retiré"],
  Broken: ["Broken", "Limevunjwa", "Enfreint"],
  Replaced: ["Replaced by another", "Limebadilishwa", "Remplacé"],
  Other: ["Other", "Nyingine", "Autre"],
};
const memberStatus: Vocabulary<codes.MemberStatus> = {
  Active: ["Active", "Yupo", "Active"],
  Deactivated: ["Deactivated", "Amesimamishwa", "Désactivée"],
};
const deactivationReason: Vocabulary<codes.DeactivationReason> = {
  Left: ["Left", "Ameondoka", "Partie"],
  Moved: ["Moved elsewhere", "Amehamia kwingine", "Mutée"],
  OnLeave: ["On leave", "Yuko likizo", "En congé"],
  Safeguarding: ["Safeguarding", "Ulinzi wa walio hatarini", "Protection des personnes"],
  AccountMisused: ["The account was misused", "Akaunti ilitumiwa vibaya", "Compte détourné"],
  Other: ["Other", "Nyingine", "Autre"],
};
const signInLinkKind: Vocabulary<codes.SignInLinkKind> = {
  Invitation: ["Invitation", "Mwaliko", "Invitation"],
  Recovery: ["Recovery", "Kurejesha akaunti", "Récupération"],
};

const memberRole: Vocabulary<GivenRole> = {
  ...roleLabels,
  importer: ["Brings history in", "Mwingizaji wa historia", "Importe l'historique"],
};

export const profileVocabularies = { organisationType, offeredService, suspensionReason };
export const protocolVocabularies = { protocolEnding };
export const membershipVocabularies = { memberStatus, deactivationReason, memberRole };
export const staffVocabularies = { signInLinkKind };
