import type { Vocabulary } from "#kernel/labels.js";
import type * as codes from "./vocabulary.js";

const planStatus: Vocabulary<codes.PlanStatus> = {
  Draft: ["Draft", "Rasimu", "Brouillon"],
  Submitted: ["Submitted", "Umewasilishwa", "Soumis"],
  Approved: ["Approved", "Umeidhinishwa", "Approuvé"],
  Rejected: ["Rejected", "Umekataliwa", "Rejeté"],
  Superseded: ["Superseded", "Umebadilishwa na mwingine", "Remplacé"],
};
const goalDomain: Vocabulary<codes.GoalDomain> = {
  Safety: ["Safety", "Usalama", "Sécurité"],
  Health: ["Health", "Afya", "Santé"],
  Psychosocial: ["Well-being", "Ustawi wa kisaikolojia", "Bien-être psychosocial"],
  Legal: ["Legal", "Sheria", "Juridique"],
  Documents: ["Documents", "Hati", "Documents"],
  Housing: ["Housing", "Makazi", "Logement"],
  Livelihood: ["Livelihood", "Riziki", "Moyens de subsistance"],
  Education: ["Education", "Elimu", "Éducation"],
  Family: ["Family", "Familia", "Famille"],
  Other: ["Other", "Nyingine", "Autre"],
};
const goalStatus: Vocabulary<codes.GoalStatus> = {
  Open: ["Open", "Bado", "En cours"],
  Achieved: ["Achieved", "Limefikiwa", "Atteint"],
  Abandoned: ["Abandoned", "Limeachwa", "Abandonné"],
};
const abandonmentReason: Vocabulary<codes.AbandonmentReason> = {
  HerWish: ["Her wish", "Matakwa yake", "Son souhait"],
  NotPossible: ["Not possible", "Haiwezekani", "Impossible"],
  NoLongerNeeded: ["No longer needed", "Halihitajiki tena", "Plus nécessaire"],
  AnotherGoalInstead: ["Another goal instead", "Lengo lingine badala yake", "Un autre objectif à la place"],
  Other: ["Other", "Nyingine", "Autre"],
};
const planRejectionReason: Vocabulary<codes.PlanRejectionReason> = {
  GoalsUnclear: ["Goals unclear", "Malengo hayako wazi", "Objectifs peu clairs"],
  GoalMissing: ["A goal is missing", "Lengo linakosekana", "Un objectif manque"],
  NotSafe: ["Not safe", "Si salama", "Pas sûr"],
  NotHerWish: ["Not her wish", "Si matakwa yake", "Pas son souhait"],
  InformationMissing: ["Information missing", "Taarifa zinakosekana", "Informations manquantes"],
  Other: ["Other", "Nyingine", "Autre"],
};

/** What the steps of a plan and its goals are called. */
export const planVocabularies = { planStatus, goalDomain, goalStatus, abandonmentReason, planRejectionReason };
