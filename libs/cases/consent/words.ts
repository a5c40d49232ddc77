import type { Words } from "#kernel/labels.js";

/** What is done without consent, for a vital interest, and why it is refused. */
export const emergencyWords: Words = {
  facts: {
    EmergencyProcessingConfirmed: ["Emergency authorised", "Dharura imeidhinishwa", "Urgence autorisée"],
    EmergencyProcessingInvoked: ["Processed in an emergency", "Imeshughulikiwa kwa dharura", "Traitement en urgence"],
    EmergencyProcessingLapsed: ["Emergency not authorised in time", "Dharura haikuidhinishwa kwa wakati", "Urgence non autorisée à temps"],
    EmergencyProcessingRefused: ["Emergency not authorised", "Dharura haikuidhinishwa", "Urgence non autorisée"],
    EmergencyProcessingReviewOverdue: [
      "Review of emergency processing overdue",
      "Mapitio ya ushughulikiaji wa dharura yamechelewa",
      "Examen du traitement d'urgence en retard",
    ],
    EmergencyProcessingReviewed: ["Emergency processing reviewed", "Ushughulikiaji wa dharura umepitiwa", "Traitement d'urgence examiné"],
  },
  refusals: {
    AlreadyConfirmed: ["It was authorised already", "Tayari imeidhinishwa", "Déjà autorisée"],
    AlreadyRefused: ["It was not authorised", "Haikuidhinishwa", "Elle n'a pas été autorisée"],
    ConfirmationTooLate: ["The time to authorise it is over", "Muda wa kuidhinisha umepita", "Le délai pour l'autoriser est passé"],
    EmergencyNotJustified: [
      "The emergency before it was not found justified",
      "Dharura iliyotangulia haijaonekana kuwa halali",
      "L'urgence précédente n'a pas été jugée justifiée",
    ],
    EmergencyUnknown: ["There is no such emergency", "Hakuna dharura hiyo", "Cette urgence n'existe pas"],
    NotTheAuthoriser: [
      "Somebody else was asked to authorise it",
      "Mtu mwingine ndiye aliyeombwa kuidhinisha",
      "Une autre personne doit l'autoriser",
    ],
    OwnEmergency: ["Nobody reviews her own emergency", "Hakuna anayepitia dharura yake mwenyewe", "Personne n'examine sa propre urgence"],
  },
};
