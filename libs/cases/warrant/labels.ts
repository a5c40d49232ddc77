import type { Vocabulary } from "#kernel/labels.js";
import type * as codes from "./vocabulary.js";

const warrantArea: Vocabulary<codes.WarrantArea> = {
  demographic: ["Demographic data", "Taarifa za kidemografia", "Données démographiques"],
  narrative: ["Narrative", "Maelezo", "Récit"],
};
const warrantReason: Vocabulary<codes.WarrantReason> = {
  Audit: ["Audit", "Ukaguzi", "Audit"],
  Complaint: ["Complaint", "Malalamiko", "Plainte"],
  CourtOrder: ["Court order", "Amri ya mahakama", "Ordonnance judiciaire"],
  IncidentReview: ["Review of an incident", "Mapitio ya tukio", "Examen d'un incident"],
  Other: ["Other", "Nyingine", "Autre"],
};

export const warrantVocabularies = { warrantArea, warrantReason };
