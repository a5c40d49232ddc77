import type { Vocabulary } from "#kernel/labels.js";
import type * as codes from "./vocabulary.js";

const noteClass: Vocabulary<codes.NoteClass> = {
  narrative: ["Her story", "Maelezo yake", "Son récit"],
  health: ["Health", "Afya", "Santé"],
  psychosocial: ["Psychosocial", "Kisaikolojia na kijamii", "Psychosocial"],
  legal: ["Legal", "Sheria", "Juridique"],
  safety: ["Safety", "Usalama", "Sécurité"],
};
const retractionReason: Vocabulary<codes.RetractionReason> = {
  WrongPerson: ["About somebody else", "Inamhusu mtu mwingine", "Concerne quelqu'un d'autre"],
  NotTrue: ["Not true", "Si kweli", "Pas vrai"],
  SheAskedForIt: ["She asked for it", "Ameomba mwenyewe", "Elle l'a demandé"],
  WrittenTwice: ["Written twice", "Imeandikwa mara mbili", "Écrit deux fois"],
  WrongClass: ["In the wrong class", "Katika kundi lisilo sahihi", "Dans la mauvaise catégorie"],
  Other: ["Other", "Nyingine", "Autre"],
};

/** What notes are about, and why one is taken back. */
export const noteVocabularies = { noteClass, retractionReason };
