import type { Vocabulary } from "#kernel/labels.js";
import type * as codes from "./vocabulary.js";

const eventKind: Vocabulary<codes.EventKind> = {
  Raid: ["Raid", "Uvamizi wa polisi", "Descente de police"],
  Interception: ["Interception on the way", "Kuzuiwa njiani", "Interception en chemin"],
  Rescue: ["Rescue", "Uokoaji", "Sauvetage"],
  Report: ["Report", "Taarifa", "Signalement"],
  Other: ["Other", "Nyingine", "Autre"],
};
const reportingEntity: Vocabulary<codes.ReportingEntity> = {
  Police: ["Police", "Polisi", "Police"],
  Immigration: ["Immigration", "Uhamiaji", "Immigration"],
  BorderAuthority: ["Border authority", "Mamlaka ya mpaka", "Autorité frontalière"],
  LabourInspection: ["Labour inspection", "Ukaguzi wa kazi", "Inspection du travail"],
  SocialWelfare: ["Social welfare", "Ustawi wa jamii", "Services sociaux"],
  HealthService: ["Health service", "Huduma ya afya", "Service de santé"],
  School: ["School", "Shule", "École"],
  NGO: ["Non-governmental organisation", "Shirika lisilo la kiserikali", "Organisation non gouvernementale"],
  InternationalOrganisation: ["International organisation", "Shirika la kimataifa", "Organisation internationale"],
  Hotline: ["Hotline", "Simu ya msaada", "Ligne d'assistance"],
  Community: ["Community", "Jamii", "Communauté"],
  Other: ["Other", "Nyingine", "Autre"],
};
const eventUnlinkReason: Vocabulary<codes.EventUnlinkReason> = {
  NotPartOfIt: ["The case is no part of it", "Kesi si sehemu yake", "Le dossier n'en fait pas partie"],
  WrongCase: ["It was another case", "Ilikuwa kesi nyingine", "C'était un autre dossier"],
  Other: ["Other", "Nyingine", "Autre"],
};
const allegationWithdrawal: Vocabulary<codes.AllegationWithdrawal> = {
  NotTrue: ["It is not true", "Si kweli", "Ce n'est pas vrai"],
  WrongPerson: ["It is somebody else", "Ni mtu mwingine", "C'est quelqu'un d'autre"],
  Duplicate: ["It was said before", "Ilisemwa tayari", "Cela a déjà été dit"],
};

export const traffickingEventVocabularies = { eventKind, reportingEntity, eventUnlinkReason, allegationWithdrawal };
