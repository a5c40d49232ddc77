import type { Words } from "#kernel/labels.js";

/** What the facts and the refusals of identification are called: her journey, what was decided of her, time to reflect, people who belong together. */
export const identificationWords: Words = {
  facts: {
    ReferralOnDeclined: ["Referral declined", "Rufaa imekataliwa", "Orientation refusée"],
    ReferredOn: ["Referred on", "Ameelekezwa kwingine", "Orientée ailleurs"],
    TraffickingDetailsRecorded: [
      "Recruitment and exploitation recorded",
      "Kuajiriwa na unyonyaji umeandikwa",
      "Recrutement et exploitation enregistrés",
    ],
  },
  refusals: {
    IndustryMissing: [
      "Name agriculture, forestry and fishing as well",
      "Taja pia kilimo, misitu na uvuvi",
      "Indiquez aussi l'agriculture, la sylviculture et la pêche",
    ],
    NoReferralDue: ["No referral is due", "Hakuna rufaa inayohitajika", "Aucune orientation n'est à proposer"],
    NumberContradictsBand: ["The number and its group differ", "Idadi na kundi lake havilingani", "Le nombre et son groupe diffèrent"],
    OlderThanSheIs: ["She is not yet that old", "Bado hajafikia umri huo", "Elle n'a pas encore cet âge"],
  },
};
