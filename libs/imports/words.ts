import type { Words } from "#kernel/labels.js";

/** What its facts and its refusals are called. */
export const importWords: Words = {
  facts: {
    ImportApproved: ["Import approved", "Uingizaji umeidhinishwa", "Importation approuvée"],
    ImportEnded: ["Import ended", "Uingizaji umekamilika", "Importation terminée"],
    ImportOpened: ["Import opened", "Uingizaji umefunguliwa", "Importation ouverte"],
  },
  refusals: {
    ImportAlreadyOpened: ["The import was opened already", "Uingizaji tayari umefunguliwa", "L'importation est déjà ouverte"],
    ImportAlreadyOver: ["The import would be over already", "Uingizaji ungekuwa umeisha", "L'importation serait déjà finie"],
    ImportEnded: ["The import has ended", "Uingizaji umeisha", "L'importation est terminée"],
    ImportNotApproved: ["The import was not approved", "Uingizaji haujaidhinishwa", "L'importation n'est pas approuvée"],
    ImportOfAnother: ["The import is somebody else's", "Uingizaji ni wa mtu mwingine", "L'importation est à quelqu'un d'autre"],
    ImportTooLong: ["The import may not last so long", "Uingizaji hauwezi kudumu hivyo", "L'importation ne peut durer si longtemps"],
    ImporterIsAdministrator: [
      "Nobody opens an import for herself",
      "Hakuna anayejifungulia uingizaji",
      "Personne n'ouvre une importation pour soi-même",
    ],
  },
};
