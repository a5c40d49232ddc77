import type { Vocabulary } from "#kernel/labels.js";
import type { ExitType } from "#vocabulary/stays.js";

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

/** The code lists of stays, with what each code is called. */
export const stayVocabularies: Readonly<Record<string, Vocabulary>> = { exitFromShelter };
