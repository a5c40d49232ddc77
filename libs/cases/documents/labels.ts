import type { Vocabulary } from "#kernel/labels.js";
import type * as codes from "./vocabulary.js";

const documentClass: Vocabulary<codes.DocumentClass> = {
  identity: ["Who she is", "Utambulisho wake", "Son identité"],
  narrative: ["Her story", "Maelezo yake", "Son récit"],
  health: ["Health", "Afya", "Santé"],
  psychosocial: ["Psychosocial", "Kisaikolojia na kijamii", "Psychosocial"],
  legal: ["Legal", "Sheria", "Juridique"],
  perpetrator: ["Perpetrators", "Wahalifu", "Auteurs"],
  safety: ["Safety", "Usalama", "Sécurité"],
};
const documentKind: Vocabulary<codes.DocumentKind> = {
  Paper: ["Paper of an authority", "Karatasi ya mamlaka", "Papier d'une autorité"],
  Photograph: ["Photograph", "Picha", "Photographie"],
  Report: ["Report", "Ripoti", "Rapport"],
  Certificate: ["Certificate", "Cheti", "Certificat"],
  Letter: ["Letter", "Barua", "Lettre"],
  Form: ["Filled-in form", "Fomu iliyojazwa", "Formulaire rempli"],
  Recording: ["Recording", "Rekodi", "Enregistrement"],
  Other: ["Other", "Nyingine", "Autre"],
};
const documentScan: Vocabulary<codes.DocumentScan> = {
  NotScanned: ["Not scanned", "Haijachunguzwa", "Non analysé"],
  Awaited: ["In quarantine until it is scanned", "Imetengwa hadi ichunguzwe", "En quarantaine jusqu'à l'analyse"],
  Clean: ["Clean", "Safi", "Sain"],
  Infected: ["In quarantine: it does harm", "Imetengwa: ina madhara", "En quarantaine : nuisible"],
};
const documentWithdrawalReason: Vocabulary<codes.DocumentWithdrawalReason> = {
  WrongPerson: ["About somebody else", "Inamhusu mtu mwingine", "Concerne quelqu'un d'autre"],
  NotTrue: ["Not true", "Si kweli", "Pas vrai"],
  SheAskedForIt: ["She asked for it", "Ameomba mwenyewe", "Elle l'a demandé"],
  AddedTwice: ["Added twice", "Imeongezwa mara mbili", "Ajouté deux fois"],
  WrongClass: ["In the wrong class", "Katika kundi lisilo sahihi", "Dans la mauvaise catégorie"],
  Unreadable: ["Cannot be read", "Haisomeki", "Illisible"],
  Other: ["Other", "Nyingine", "Autre"],
};

/** What documents are about, what they are, and what has become of them. */
export const documentVocabularies = { documentClass, documentKind, documentScan, documentWithdrawalReason };
