import type { Words } from "#kernel/labels.js";

/** What its facts and its refusals are called. */
export const accessWords: Words = {
  facts: {
    AccessDenied: ["Access denied", "Ufikiaji umekataliwa", "Accès refusé"],
    AskedInVain: ["Asked in vain", "Ameuliza bila kupata", "Demande sans réponse"],
    PersonalDataDisclosed: ["Personal data shown", "Data binafsi imeonyeshwa", "Données personnelles montrées"],
  },
  refusals: {},
};
