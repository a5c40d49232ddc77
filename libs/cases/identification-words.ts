import type { Words } from "#kernel/labels.js";

/** What the facts and the refusals of identification are called: her journey, what was decided of her, time to reflect, people who belong together. */
export const identificationWords: Words = {
  facts: {
    ReferralOnDeclined: ["Referral declined", "Rufaa imekataliwa", "Orientation refusée"],
    ReferredOn: ["Referred on", "Ameelekezwa kwingine", "Orientée ailleurs"],
    ReflectionPeriodEnded: ["Reflection period ended", "Muda wa kutafakari umekwisha", "Délai de réflexion terminé"],
    ReflectionPeriodExtended: ["Reflection period extended", "Muda wa kutafakari umeongezwa", "Délai de réflexion prolongé"],
    ReflectionPeriodGranted: ["Reflection period granted", "Muda wa kutafakari umetolewa", "Délai de réflexion accordé"],
    RelatedCaseConfirmed: ["Link to a case checked", "Uhusiano na kesi umethibitishwa", "Lien avec un dossier vérifié"],
    RelatedCaseLinked: ["Linked to a case", "Imehusishwa na kesi", "Lié à un dossier"],
    RelatedCaseUnlinked: ["Link to a case removed", "Uhusiano na kesi umeondolewa", "Lien avec un dossier retiré"],
    TraffickingDetailsRecorded: [
      "Recruitment and exploitation recorded",
      "Kuajiriwa na unyonyaji umeandikwa",
      "Recrutement et exploitation enregistrés",
    ],
  },
  refusals: {
    AlreadyRelated: ["They are linked already, otherwise", "Tayari zimehusishwa, kwa namna nyingine", "Ils sont déjà liés, autrement"],
    IndustryMissing: [
      "Name agriculture, forestry and fishing as well",
      "Taja pia kilimo, misitu na uvuvi",
      "Indiquez aussi l'agriculture, la sylviculture et la pêche",
    ],
    NoReasonableGrounds: [
      "She was not found to be a victim, or possibly one",
      "Hajaonekana kuwa mhanga, wala kudhaniwa",
      "Elle n'a pas été reconnue victime, même possible",
    ],
    NoReferralDue: ["No referral is due", "Hakuna rufaa inayohitajika", "Aucune orientation n'est à proposer"],
    NoReflectionPeriod: ["No reflection period runs", "Hakuna muda wa kutafakari unaoendelea", "Aucun délai de réflexion ne court"],
    NumberContradictsBand: ["The number and its group differ", "Idadi na kundi lake havilingani", "Le nombre et son groupe diffèrent"],
    OlderThanSheIs: ["She is not yet that old", "Bado hajafikia umri huo", "Elle n'a pas encore cet âge"],
    ReflectionPeriodAlreadyGranted: [
      "A reflection period was granted already",
      "Tayari muda wa kutafakari umetolewa",
      "Un délai de réflexion est déjà accordé",
    ],
    ReflectionPeriodRuns: [
      "She is in her reflection period: nothing of cooperation is asked",
      "Yuko kwenye muda wa kutafakari: haulizwi kuhusu ushirikiano",
      "Son délai de réflexion court : rien ne lui est demandé d'une coopération",
    ],
    ReflectionPeriodTooShort: [
      "The reflection period would be too short",
      "Muda wa kutafakari ungekuwa mfupi mno",
      "Le délai de réflexion serait trop court",
    ],
    RelatedCaseUnknown: ["There is no such link", "Hakuna uhusiano huo", "Ce lien n'existe pas"],
    RelatedToItself: ["It is the same case", "Ni kesi ileile", "C'est le même dossier"],
  },
};
