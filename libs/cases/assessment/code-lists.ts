import type { Vocabulary } from "#kernel/labels.js";
import { languageLabels } from "#vocabulary/languages.js";
import { closureVocabularies } from "../closure/labels.js";
import { safetyVocabularies } from "../safety/labels.js";
import { screeningVocabularies } from "../screening/labels.js";
import { serviceVocabularies } from "../services/labels.js";

/** The code lists that a question may offer by name, as everything else is recorded in them. Codes are only ever added. */
export const codeLists: Readonly<Record<string, Vocabulary>> = {
  ...screeningVocabularies,
  ...safetyVocabularies,
  closureReason: closureVocabularies["closureReason"]!,
  serviceGroup: serviceVocabularies.serviceGroup,
  language: languageLabels,
};
