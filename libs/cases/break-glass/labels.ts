import type { Vocabulary } from "#kernel/labels.js";
import type * as codes from "./vocabulary.js";

const breakGlassReason: Vocabulary<codes.BreakGlassReason> = {
  ThreatToLife: ["Threat to life", "Tishio kwa maisha", "Menace pour la vie"],
  MedicalEmergency: ["Medical emergency", "Dharura ya kiafya", "Urgence médicale"],
  ChildAtRisk: ["A child at risk", "Mtoto yuko hatarini", "Enfant en danger"],
  TeamUnreachable: ["The team cannot be reached", "Timu haipatikani", "Équipe injoignable"],
  Other: ["Other", "Nyingine", "Autre"],
};
const breakGlassFinding: Vocabulary<codes.BreakGlassFinding> = {
  Justified: ["Justified", "Ilihalalishwa", "Justifié"],
  Misuse: ["Misuse", "Matumizi mabaya", "Abus"],
};
const closedToBreakGlassReason: Vocabulary<codes.ClosedReason> = {
  StaffConflict: ["Staff have a conflict of interest", "Mgongano wa maslahi wa wafanyakazi", "Conflit d'intérêts du personnel"],
  AccusedIsOfficer: ["Whoever is accused is an officer", "Mtuhumiwa ni afisa", "La personne accusée est un agent"],
  WellKnownPerson: ["A well-known person", "Mtu anayejulikana", "Personne connue"],
  SurvivorsWish: ["The survivor's wish", "Kwa ombi la manusura", "À la demande de la personne"],
  Other: ["Other", "Nyingine", "Autre"],
};

export const breakGlassVocabularies = { breakGlassReason, breakGlassFinding, closedToBreakGlassReason };
