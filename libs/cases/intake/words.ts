import type { Words } from "#kernel/labels.js";

/** What the facts and the refusals of intake and of safe contact are called. */
export const intakeWords: Words = {
  facts: {
    ContactAttempted: ["Contact attempted", "Mawasiliano yamejaribiwa", "Contact tenté"],
    FirstContactSupplemented: ["First contact supplemented", "Taarifa za mawasiliano ya kwanza zimeongezwa", "Premier contact complété"],
    NotificationAcknowledged: ["Notification acknowledged", "Taarifa imethibitishwa kupokelewa", "Signalement : accusé de réception"],
    SafeContactAgreed: ["Safe contact agreed", "Mawasiliano salama yamekubaliwa", "Contact sûr convenu"],
    UrgencyChanged: ["Urgency changed", "Uharaka umebadilika", "Urgence modifiée"],
  },
  refusals: {
    AlreadyKnown: ["It is known already, and otherwise", "Tayari inajulikana, na kwa namna nyingine", "C'est déjà connu, et autrement"],
    NotNotified: [
      "Her case did not begin with a notification",
      "Kesi haikuanza kwa taarifa",
      "Le dossier n'a pas commencé par un signalement",
    ],
    FollowUpNotConsented: [
      "She has not agreed to be contacted for follow-up",
      "Hajakubali kuwasiliana naye kwa ufuatiliaji",
      "Elle n'a pas accepté d'être contactée pour le suivi",
    ],
    HoursEndBeforeTheyBegin: ["The hours end before they begin", "Saa zinaisha kabla ya kuanza", "Les heures finissent avant de commencer"],
    HoursMissing: ["Say at which hours she may be contacted", "Taja saa za kuwasiliana naye", "Indiquez à quelles heures la contacter"],
    LeftWithOthers: ["Nothing is left with others", "Hakuna kinachoachwa kwa wengine", "Rien n'est laissé à d'autres"],
    NoSafeWayKnown: [
      "No safe way to contact her is known",
      "Hakuna njia salama inayojulikana",
      "Aucun moyen sûr de la contacter n'est connu",
    ],
    NotAtThisHour: [
      "She is not to be contacted at this hour",
      "Hairuhusiwi kuwasiliana naye saa hii",
      "Elle ne doit pas être contactée à cette heure",
    ],
    NotByThisChannel: [
      "She is not to be contacted this way",
      "Hairuhusiwi kuwasiliana naye kwa njia hii",
      "Elle ne doit pas être contactée par ce moyen",
    ],
    SafeWayIsHers: ["She names the safe way herself", "Mwenyewe ndiye hutaja njia salama", "Elle indique elle-même le moyen sûr"],
  },
};
