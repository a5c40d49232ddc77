import type { Vocabulary } from "#kernel/labels.js";
import { regionLabels } from "#vocabulary/regions.js";
import type * as codes from "../vocabulary.js";

const bedCategory: Vocabulary<codes.BedCategory> = {
  Women: ["Women", "Wanawake", "Femmes"],
  Men: ["Men", "Wanaume", "Hommes"],
  Girls: ["Girls", "Wasichana", "Filles"],
  Boys: ["Boys", "Wavulana", "Garçons"],
  Family: ["Family", "Familia", "Famille"],
};
const availability: Vocabulary<codes.Availability> = {
  YearRound: ["All year round", "Mwaka mzima", "Toute l'année"],
  Seasonal: ["Seasonal", "Kwa msimu", "Saisonnier"],
  Overflow: ["Overflow", "Ya ziada", "Débordement"],
};
const outOfServiceReason: Vocabulary<codes.OutOfServiceReason> = {
  Repair: ["Repair", "Matengenezo", "Réparation"],
  Hygiene: ["Hygiene", "Usafi", "Hygiène"],
  Safety: ["Safety", "Usalama", "Sécurité"],
  Other: ["Other", "Nyingine", "Autre"],
};

/** The code lists of what a shelter has, with what each code is called. */
export const capacityVocabularies: Readonly<Record<string, Vocabulary>> = {
  region: regionLabels,
  bedCategory,
  availability,
  outOfServiceReason,
};
