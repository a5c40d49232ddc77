import type { Vocabulary } from "#kernel/labels.js";
import type { MistakeReason } from "./vocabulary.js";

const mistakeReason: Vocabulary<MistakeReason> = {
  WrongPerson: ["About somebody else", "Inamhusu mtu mwingine", "Concerne quelqu'un d'autre"],
  WrongDate: ["The date was wrong", "Tarehe haikuwa sahihi", "La date était fausse"],
  WrongValue: ["What was entered was wrong", "Kilichoingizwa hakikuwa sahihi", "Ce qui a été saisi était faux"],
  EnteredTwice: ["Entered twice", "Imeingizwa mara mbili", "Saisi deux fois"],
  DidNotHappen: ["It did not happen", "Haikutokea", "Cela n'a pas eu lieu"],
  Other: ["Other", "Nyingine", "Autre"],
};

/** Why an entry was a mistake. */
export const correctionVocabularies = { mistakeReason };
