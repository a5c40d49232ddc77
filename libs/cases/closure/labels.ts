import type { Vocabulary } from "#kernel/labels.js";
import type { Stage } from "../stage.js";
import type * as codes from "../vocabulary.js";

const stage: Vocabulary<Stage> = {
  Draft: ["First contact", "Mawasiliano ya kwanza", "Premier contact"],
  Screening: ["Being screened", "Inachunguzwa", "En cours de dépistage"],
  Open: ["Open", "Wazi", "Ouvert"],
  FollowUp: ["Being followed up", "Inafuatiliwa", "En suivi"],
  ClosureRequested: ["Closing asked for", "Ombi la kufunga", "Clôture demandée"],
  Closed: ["Closed", "Imefungwa", "Clos"],
};
const closureReason: Vocabulary<codes.ClosureReason> = {
  GoalsAchieved: ["Goals achieved", "Malengo yametimia", "Objectifs atteints"],
  SupportPeriodEnded: ["Support period ended", "Kipindi cha msaada kimeisha", "Fin de la période d'accompagnement"],
  ReturnedHome: ["Returned home", "Amerejea nyumbani", "Retour chez soi"],
  ReunifiedWithFamily: ["Reunified with family", "Ameunganishwa na familia", "Réunification familiale"],
  TransferredToAgency: ["Transferred to another agency", "Amehamishiwa taasisi nyingine", "Transfert à un autre organisme"],
  DeclinedFurtherSupport: ["Declined further support", "Amekataa msaada zaidi", "A refusé la suite de l'aide"],
  LeftWithoutNotice: ["Left without notice", "Ameondoka bila taarifa", "Départ sans préavis"],
  NotAVictim: ["Not a victim of trafficking", "Si mhanga", "N'est pas victime"],
  Relocated: ["Relocated", "Amehama", "Déménagement"],
  Deceased: ["Deceased", "Amefariki", "Décès"],
  Duplicate: ["Duplicate of another case", "Shauri lililorudiwa", "Doublon"],
  FundingEnded: ["Funding ended", "Ufadhili umeisha", "Fin du financement"],
  SecurityReasons: ["Security reasons", "Sababu za usalama", "Raisons de sécurité"],
  Other: ["Other", "Nyingine", "Autre"],
};
const approvalReason: Vocabulary<codes.ApprovalReason> = {
  GoalsMet: ["Goals met", "Malengo yametimia", "Objectifs atteints"],
  HerOwnDecision: ["Her own decision", "Uamuzi wake mwenyewe", "Sa propre décision"],
  SupportGoesOnElsewhere: ["Support goes on elsewhere", "Msaada unaendelea kwingine", "Le soutien continue ailleurs"],
  NothingMoreToDo: ["Nothing more can be done", "Hakuna zaidi la kufanya", "Plus rien à faire"],
  Other: ["Other", "Nyingine", "Autre"],
};
const rejectionReason: Vocabulary<codes.RejectionReason> = {
  NeedsRemain: ["Needs remain", "Bado kuna mahitaji", "Des besoins demeurent"],
  NotSafeYet: ["Not safe yet", "Bado si salama", "Pas encore en sécurité"],
  FollowUpMissing: ["No follow-up arranged", "Ufuatiliaji haujapangwa", "Aucun suivi prévu"],
  InformationMissing: ["Information is missing", "Taarifa hazijakamilika", "Informations manquantes"],
  WrongReason: ["The reason for closing is wrong", "Sababu ya kufunga si sahihi", "Motif de clôture inexact"],
  Other: ["Other", "Nyingine", "Autre"],
};
const resumptionReason: Vocabulary<codes.ResumptionReason> = {
  NewNeeds: ["New needs", "Mahitaji mapya", "Nouveaux besoins"],
  ReTrafficked: ["Trafficked again", "Amesafirishwa tena", "De nouveau victime de la traite"],
  NotSafe: ["Not safe", "Hayuko salama", "Pas en sécurité"],
  AskedForHelp: ["Asked for help", "Ameomba msaada", "A demandé de l'aide"],
  Other: ["Other", "Nyingine", "Autre"],
};
const reopeningReason: Vocabulary<codes.ReopeningReason> = {
  NewNeeds: ["New needs", "Mahitaji mapya", "Nouveaux besoins"],
  ReTrafficked: ["Trafficked again", "Amesafirishwa tena kiharamu", "Nouvelle traite"],
  ReturnedToShelter: ["Returned to the shelter", "Amerejea kwenye makazi", "Retour au refuge"],
  ClosedInError: ["Closed in error", "Lilifungwa kimakosa", "Clos par erreur"],
  Other: ["Other", "Nyingine", "Autre"],
};

/** The code lists of closing a case, with what each code is called. */
export const closureVocabularies: Readonly<Record<string, Vocabulary>> = {
  stage,
  resumptionReason,
  closureReason,
  approvalReason,
  rejectionReason,
  reopeningReason,
};
