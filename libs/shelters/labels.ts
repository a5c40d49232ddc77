import type { Vocabulary } from "#kernel/labels.js";
import type { ExitType } from "#vocabulary/stays.js";
import type * as codes from "./vocabulary.js";

const shelterRegion: Vocabulary<codes.ShelterRegion> = {
  Kigoma: ["Kigoma", "Kigoma", "Kigoma"],
  Kagera: ["Kagera", "Kagera", "Kagera"],
  Mwanza: ["Mwanza", "Mwanza", "Mwanza"],
  DarEsSalaam: ["Dar es Salaam", "Dar es Salaam", "Dar es Salaam"],
  Other: ["Other region", "Mkoa mwingine", "Autre région"],
};
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
const exitFromShelter: Vocabulary<ExitType> = {
  Planned: ["Planned departure", "Kuondoka kwa mpango", "Départ prévu"],
  SelfDischarge: ["Own decision", "Kwa uamuzi wake", "De sa propre décision"],
  Transfer: ["Transfer to another shelter", "Kuhamishiwa makazi mengine", "Transfert vers un autre refuge"],
  Return: ["Voluntary return", "Kurejea kwa hiari", "Retour volontaire"],
  Reunification: ["Family reunification", "Kuunganishwa na familia", "Réunification familiale"],
  Removed: ["Removed", "Kuondolewa", "Exclusion"],
  Absconded: ["Left without notice", "Kuondoka bila taarifa", "Départ sans préavis"],
  Deceased: ["Deceased", "Kufariki", "Décès"],
};

/** The code lists of shelters, with what each code is called. */
export const shelterVocabularies: Readonly<Record<string, Vocabulary>> = {
  shelterRegion,
  bedCategory,
  availability,
  outOfServiceReason,
  exitFromShelter,
};
