import type { Vocabulary } from "#kernel/labels.js";

/** Where a case was opened, and where a shelter stands. Codes are stored and never change. */
export const regions = ["Kigoma", "Kagera", "Mwanza", "DarEsSalaam", "Other"] as const;
export type Region = (typeof regions)[number];

export const regionLabels: Vocabulary<Region> = {
  Kigoma: ["Kigoma", "Kigoma", "Kigoma"],
  Kagera: ["Kagera", "Kagera", "Kagera"],
  Mwanza: ["Mwanza", "Mwanza", "Mwanza"],
  DarEsSalaam: ["Dar es Salaam", "Dar es Salaam", "Dar es Salaam"],
  Other: ["Other region", "Mkoa mwingine", "Autre région"],
};
