import type { Words } from "#kernel/labels.js";

/** What is asked of every change, whatever it is about, and what several records refuse alike. */
export const generalWords: Words = {
  facts: {
    NothingChanged: ["It was so already", "Ilikuwa hivyo tayari", "C'était déjà ainsi"],
  },
  refusals: {
    ApproverOfAnotherRole: [
      "Somebody of another role approves this",
      "Mwenye cheo kingine ndiye huidhinisha",
      "Une personne d'un autre rôle l'approuve",
    ],
    ApproverOfOwnOrganisation: [
      "Somebody of another organisation approves this",
      "Mtu wa shirika jingine ndiye huidhinisha",
      "Quelqu'un d'une autre organisation l'approuve",
    ],
    ApproverIsRequester: ["Whoever asked does not decide", "Aliyeomba haamui", "Qui a demandé ne décide pas"],
    BeforeItsBeginning: [
      "It cannot have happened before it began",
      "Haiwezi kutokea kabla ya kuanza",
      "Cela n'a pas pu arriver avant le début",
    ],
    DraftConflict: [
      "It was changed in another window; both texts are kept",
      "Imebadilishwa kwenye dirisha jingine; maandishi yote mawili yamehifadhiwa",
      "Modifié dans une autre fenêtre ; les deux textes sont gardés",
    ],
    DraftTooLarge: ["The draft is too large", "Rasimu ni kubwa mno", "Le brouillon est trop grand"],
    TooManyDrafts: ["You keep too many drafts", "Una rasimu nyingi mno", "Vous gardez trop de brouillons"],
    FieldNotAllowed: [
      "Your role may not write some of these fields",
      "Cheo chako hakiruhusiwi kuandika baadhi ya sehemu hizi",
      "Votre rôle ne peut écrire certains de ces champs",
    ],
    LateEntryNeedsSupervisor: [
      "A supervisor records what is told so late",
      "Msimamizi ndiye huandika yaliyochelewa hivi",
      "Une superviseure enregistre ce qui est dit si tard",
    ],
    LateReasonMissing: ["Say why it is told so late", "Eleza kwa nini limechelewa", "Dites pourquoi c'est dit si tard"],
    NotFound: ["There is nothing here for you", "Hakuna kitu hapa kwa ajili yako", "Il n'y a rien ici pour vous"],
    NotRelated: ["You do not stand to this record", "Huhusiani na kumbukumbu hii", "Ce dossier n'est pas le vôtre"],
    NothingParked: ["Nothing waits there", "Hakuna kinachosubiri hapo", "Rien n'attend là"],
    NothingToExchange: ["There is nothing to exchange", "Hakuna cha kubadilishana", "Il n'y a rien à échanger"],
    NothingToSkip: ["There is nothing to pass over", "Hakuna cha kuruka", "Il n'y a rien à passer"],
    RebuildNeeded: ["It has to be rebuilt first", "Inabidi ijengwe upya kwanza", "Il faut d'abord reconstruire"],
    ReferenceUnknown: ["There is no such record for you", "Hakuna kumbukumbu hiyo kwako", "Ce dossier n'existe pas pour vous"],
    RequestInvalid: ["The request is not valid", "Ombi si sahihi", "La demande n'est pas valable"],
    RevisionRequired: ["Read it again before you replace it", "Isome tena kabla ya kuibadilisha", "Relisez avant de remplacer"],
    SecondPersonNeeded: ["A second person has to agree", "Mtu wa pili lazima akubali", "Une deuxième personne doit approuver"],
    StaleRevision: [
      "The record has changed since you read it",
      "Kumbukumbu imebadilika tangu uisome",
      "Le dossier a changé depuis votre lecture",
    ],
    StillPoison: ["It still cannot be taken", "Bado haiwezi kupokelewa", "Cela ne peut toujours pas être pris"],
    SubjectErased: ["Her data was erased", "Data yake imefutwa", "Ses données ont été effacées"],
    TaskUnderWay: ["Such a task is under way", "Kazi kama hiyo inaendelea", "Une telle tâche est en cours"],
    TooContended: ["Others kept changing this record", "Wengine walikuwa wakibadilisha kumbukumbu hii", "D'autres modifiaient ce dossier"],
    TooLate: ["It is told too late", "Limechelewa mno", "C'est dit trop tard"],
    TooManyRequests: ["Too many requests; wait a little", "Maombi mengi mno; subiri kidogo", "Trop de demandes ; attendez un peu"],
    Unavailable: [
      "Part of the system is away; try again",
      "Sehemu ya mfumo haipatikani; jaribu tena",
      "Une partie du système est absente ; réessayez",
    ],
  },
};
