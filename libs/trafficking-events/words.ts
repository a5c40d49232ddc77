import type { Words } from "#kernel/labels.js";

/** What its facts and its refusals are called. */
export const traffickingEventWords: Words = {
  facts: {
    AllegationWithdrawn: ["Allegation withdrawn", "Tuhuma imeondolewa", "Allégation retirée"],
    CaseLinkedToEvent: ["Case linked to the event", "Kesi imehusishwa na tukio", "Dossier lié à l'événement"],
    CaseUnlinkedFromEvent: ["Case removed from the event", "Kesi imeondolewa kwenye tukio", "Dossier retiré de l'événement"],
    PerpetratorAlleged: ["Alleged perpetrator described", "Mtuhumiwa ameelezwa", "Auteur présumé décrit"],
    TraffickingEventRecorded: ["Trafficking event recorded", "Tukio la usafirishaji limeandikwa", "Événement de traite enregistré"],
    TraffickingEventShared: ["Shared with a worker", "Mfanyakazi ameshirikishwa", "Partagé avec une intervenante"],
    TraffickingEventUnshared: [
      "No longer shared with a worker",
      "Mfanyakazi hashirikishwi tena",
      "N'est plus partagé avec une intervenante",
    ],
  },
  refusals: {
    AllegationUnknown: ["There is no such allegation", "Hakuna tuhuma hiyo", "Cette allégation n'existe pas"],
    NotTheRecorder: [
      "Whoever recorded it, or a supervisor, says who works with it",
      "Aliyeliandika, au msimamizi, ndiye husema nani anafanyia kazi",
      "Qui l'a enregistré, ou une superviseure, dit qui y travaille",
    ],
    CaseNotLinked: ["The case is no part of the event", "Kesi si sehemu ya tukio", "Le dossier ne fait pas partie de l'événement"],
    TraffickingEventAlreadyRecorded: ["The event was recorded already", "Tukio tayari limeandikwa", "L'événement est déjà enregistré"],
  },
};
