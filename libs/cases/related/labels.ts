import type { Vocabulary } from "#kernel/labels.js";
import type * as codes from "./vocabulary.js";

const relation: Vocabulary<codes.Relation> = {
  Sibling: ["Sibling", "Ndugu wa kuzaliwa", "Frère ou sœur"],
  Spouse: ["Spouse", "Mwenzi wa ndoa", "Conjoint"],
  Parent: ["Parent", "Mzazi", "Parent"],
  Child: ["Child", "Mtoto wake", "Enfant"],
  AccompanyingChild: ["Child who came along", "Mtoto aliyekuja naye", "Enfant qui l'accompagne"],
  AccompanyingAdult: ["Adult with whom the child came", "Mtu mzima aliyekuja na mtoto", "Adulte qui accompagne l'enfant"],
  OtherFamily: ["Other family", "Ndugu mwingine", "Autre membre de la famille"],
  Household: ["Of the same household", "Wa kaya moja", "Du même ménage"],
};
const unlinkReason: Vocabulary<codes.UnlinkReason> = {
  NotRelated: ["They are not related", "Hawana uhusiano", "Elles n'ont pas de lien"],
  WrongCase: ["It was another case", "Ilikuwa kesi nyingine", "C'était un autre dossier"],
  WrongRelation: ["They are related otherwise", "Wana uhusiano mwingine", "Leur lien est autre"],
  NoLongerSo: ["It is so no longer", "Si hivyo tena", "Ce n'est plus le cas"],
};

/** Who belongs together. */
export const relatedVocabularies = { relation, unlinkReason };
