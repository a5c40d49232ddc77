import type { Words } from "#kernel/labels.js";

/** What its facts and its refusals are called. */
export const hotlineWords: Words = {
  facts: {
    ContactLinkedToCase: ["Linked to a case", "Imeunganishwa na kesi", "Rattaché à un dossier"],
    HotlineAdviceGiven: ["Advice given", "Ushauri umetolewa", "Conseil donné"],
    HotlineCallerCalledBack: ["Caller called back", "Mpigaji amepigiwa tena", "Personne rappelée"],
    HotlineCallerReferred: ["Caller told where to go", "Mpigaji ameelekezwa", "Personne orientée"],
    HotlineContactRecorded: [
      "Contact of the hotline recorded",
      "Mawasiliano ya simu ya msaada yameandikwa",
      "Contact de la ligne enregistré",
    ],
  },
  refusals: {
    CallBackNotSafe: [
      "Calling back was not said to be safe",
      "Haikusemwa kuwa ni salama kupiga tena",
      "Il n'a pas été dit que rappeler est sûr",
    ],
    ContactBelongsToCase: [
      "It has become a case: contact her there",
      "Imekuwa kesi: wasiliana naye huko",
      "C'est devenu un dossier : contactez-la par lui",
    ],
    HotlineContactAlreadyRecorded: ["It was recorded already", "Tayari imeandikwa", "Déjà enregistré"],
    LinkedToAnotherCase: ["It is linked to another case", "Imeunganishwa na kesi nyingine", "Rattaché à un autre dossier"],
  },
};
