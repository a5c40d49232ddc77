import type { Words } from "#kernel/labels.js";

/** What happens to documents, and why a file or a request is refused. */
export const documentWords: Words = {
  facts: {
    DocumentAdded: ["Document added", "Hati imeongezwa", "Document ajouté"],
    DocumentReleased: ["Document found clean", "Hati imeonekana safi", "Document reconnu sain"],
    DocumentQuarantined: ["Document found to do harm", "Hati imeonekana yenye madhara", "Document reconnu nuisible"],
    DocumentWithdrawn: ["Document withdrawn", "Hati imeondolewa", "Document retiré"],
  },
  refusals: {
    DocumentActive: [
      "The file holds a program or another file, or fetches something when it is opened; print it as a plain PDF and send that",
      "Faili lina programu au faili jingine, au huleta kitu likifunguliwa; lichapishe kama PDF ya kawaida kisha litume",
      "Le fichier contient un programme ou un autre fichier, ou va chercher quelque chose quand on l'ouvre ; imprimez-le en PDF simple et envoyez celui-ci",
    ],
    DocumentDamaged: ["The file is damaged", "Faili limeharibika", "Le fichier est endommagé"],
    DocumentEmpty: ["The file is empty", "Faili ni tupu", "Le fichier est vide"],
    DocumentEncrypted: [
      "The file is encrypted; send it open",
      "Faili limefungwa; litume likiwa wazi",
      "Le fichier est chiffré ; envoyez-le ouvert",
    ],
    DocumentInfected: ["The document does harm", "Hati hii ina madhara", "Ce document est nuisible"],
    DocumentInQuarantine: ["The document is not scanned yet", "Hati bado haijachunguzwa", "Le document n'est pas encore analysé"],
    DocumentIsWithdrawn: ["The document was withdrawn", "Hati imeondolewa", "Le document a été retiré"],
    DocumentTypeDiffers: ["The file is not what it is called", "Faili si kama linavyoitwa", "Le fichier n'est pas ce qu'il prétend être"],
    DocumentTypeNotAllowed: [
      "Files of this kind are not kept",
      "Faili za aina hii hazihifadhiwi",
      "Ce genre de fichier n'est pas conservé",
    ],
    DocumentUnknown: ["There is no such document", "Hakuna hati hiyo", "Ce document n'existe pas"],
    DocumentUnpacksTooLarge: ["The file unpacks too large", "Faili likifunguliwa ni kubwa mno", "Le fichier décompressé est trop grand"],
    NoPhotographsOfChildren: [
      "No photograph of a child is kept",
      "Picha ya mtoto haihifadhiwi",
      "Aucune photographie d'enfant n'est conservée",
    ],
    PhotographNotConsented: [
      "She has not consented to be photographed",
      "Hajakubali kupigwa picha",
      "Elle n'a pas consenti à être photographiée",
    ],
    OneTitleOfDocument: ["Give one title, in one class", "Toa kichwa kimoja, katika kundi moja", "Donnez un titre, dans une catégorie"],
    TooManyDocuments: ["The case holds too many documents", "Kesi ina hati nyingi mno", "Le dossier contient trop de documents"],
  },
};
