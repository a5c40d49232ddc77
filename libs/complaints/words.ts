import type { Words } from "#kernel/labels.js";

/** What its facts and its refusals are called. */
export const complaintWords: Words = {
  facts: {
    ComplaintAcknowledged: ["Complaint acknowledged", "Lalamiko limethibitishwa", "Plainte : accusé de réception"],
    ComplaintInvestigated: ["Complaint investigated", "Lalamiko limechunguzwa", "Plainte examinée"],
    ComplaintReceived: ["Complaint received", "Lalamiko limepokelewa", "Plainte reçue"],
    ComplaintResolved: ["Complaint resolved", "Lalamiko limetatuliwa", "Plainte résolue"],
    ConcernedNamed: ["Somebody concerned named", "Anayehusika ametajwa", "Personne concernée désignée"],
  },
  refusals: {
    ComplaintAlreadyFiled: ["The complaint was filed already", "Lalamiko tayari limewasilishwa", "La plainte est déjà déposée"],
    ComplaintAlreadyResolved: ["The complaint was resolved already", "Lalamiko tayari limetatuliwa", "La plainte est déjà résolue"],
    ComplaintNotAcknowledged: [
      "The complaint was not acknowledged yet",
      "Lalamiko bado halijathibitishwa",
      "La plainte n'a pas reçu d'accusé de réception",
    ],
    ComplaintNotInvestigated: [
      "The complaint was not investigated yet",
      "Lalamiko bado halijachunguzwa",
      "La plainte n'a pas été examinée",
    ],
    ConcernedMissing: ["Say whom it is about", "Taja anayehusika", "Indiquez qui est concerné"],
  },
};
