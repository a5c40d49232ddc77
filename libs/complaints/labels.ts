import type { Vocabulary } from "#kernel/labels.js";
import type * as codes from "./vocabulary.js";

const complaintCategory: Vocabulary<codes.ComplaintCategory> = {
  SexualExploitationOrAbuse: ["Sexual exploitation or abuse", "Unyonyaji au ukatili wa kingono", "Exploitation ou abus sexuels"],
  Violence: ["Violence", "Ukatili", "Violence"],
  Neglect: ["Neglect", "Utelekezaji", "Négligence"],
  Discrimination: ["Discrimination", "Ubaguzi", "Discrimination"],
  BreachOfConfidence: ["Breach of confidence", "Uvunjaji wa usiri", "Violation de la confidentialité"],
  Misconduct: ["Misconduct", "Utovu wa nidhamu", "Faute professionnelle"],
  Service: ["About a service", "Kuhusu huduma", "Au sujet d'un service"],
  Other: ["Other", "Nyingine", "Autre"],
};
const complaintChannel: Vocabulary<codes.ComplaintChannel> = {
  InPerson: ["In person", "Ana kwa ana", "En personne"],
  Box: ["Complaints box", "Sanduku la maoni", "Boîte à plaintes"],
  Phone: ["Telephone", "Simu", "Téléphone"],
  Letter: ["Letter", "Barua", "Lettre"],
  Hotline: ["Hotline", "Simu ya msaada", "Ligne d'assistance"],
  ThroughAnother: ["Through somebody else", "Kupitia mtu mwingine", "Par une autre personne"],
};
const complaintStatus: Vocabulary<codes.ComplaintStatus> = {
  Received: ["Received", "Limepokelewa", "Reçue"],
  Acknowledged: ["Acknowledged", "Limethibitishwa", "Accusée réception"],
  Investigated: ["Investigated", "Limechunguzwa", "Examinée"],
  Resolved: ["Resolved", "Limetatuliwa", "Résolue"],
};
const complaintFinding: Vocabulary<codes.ComplaintFinding> = {
  Substantiated: ["Substantiated", "Limethibitika", "Fondée"],
  PartlySubstantiated: ["Partly substantiated", "Limethibitika kwa sehemu", "Partiellement fondée"],
  NotSubstantiated: ["Not substantiated", "Halijathibitika", "Non fondée"],
  Inconclusive: ["Inconclusive", "Haina uhakika", "Non concluante"],
};
const complaintOutcome: Vocabulary<codes.ComplaintOutcome> = {
  Dismissed: ["Dismissed", "Limetupiliwa mbali", "Classée"],
  Apology: ["Apology", "Msamaha umeombwa", "Excuses"],
  ServiceChanged: ["The service was changed", "Huduma imebadilishwa", "Service modifié"],
  Disciplined: ["Disciplinary measure", "Hatua ya nidhamu", "Mesure disciplinaire"],
  PersonRemoved: ["The person was removed", "Mhusika ameondolewa", "Personne écartée"],
  ReferredToPolice: ["Referred to the police", "Limepelekwa polisi", "Transmise à la police"],
  Other: ["Other", "Nyingine", "Autre"],
};

export const complaintVocabularies = { complaintCategory, complaintChannel, complaintStatus, complaintFinding, complaintOutcome };
