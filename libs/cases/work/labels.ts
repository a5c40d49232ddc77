import type { Vocabulary } from "#kernel/labels.js";
import type * as codes from "./vocabulary.js";

const workKind: Vocabulary<codes.WorkKind> = {
  Acknowledgement: ["The source is to be answered", "Mtoa taarifa anasubiri jibu", "La source attend une réponse"],
  AssessmentReview: ["An assessment is to be repeated", "Tathmini inasubiri kurudiwa", "Une évaluation est à refaire"],
  ClosureDecision: ["Closing is to be decided", "Kufunga kunasubiri uamuzi", "La clôture est à décider"],
  ConsentEnding: ["A consent ends", "Idhini inaisha", "Un consentement prend fin"],
  EmergencyConfirmation: [
    "An emergency is to be authorised by whoever was named",
    "Dharura inasubiri idhini ya aliyetajwa",
    "Une urgence attend l'autorisation de la personne nommée",
  ],
  EmergencyReview: [
    "Emergency processing is to be reviewed",
    "Ushughulikiaji wa dharura unasubiri mapitio",
    "Traitement d'urgence à examiner",
  ],
  FirstPsychosocialContact: [
    "First psychosocial contact is due",
    "Mawasiliano ya kwanza ya kisaikolojia yamefikia wakati",
    "Premier contact psychosocial à faire",
  ],
  Goal: ["A goal is due", "Lengo limefikia wakati", "Un objectif arrive à échéance"],
  Incident: ["An incident is not settled", "Tukio halijatatuliwa", "Un incident n'est pas réglé"],
  InitialHealthCheck: ["First health check is due", "Uchunguzi wa kwanza wa afya umefikia wakati", "Premier examen de santé à faire"],
  NotificationCompletion: ["A notification is to be completed", "Taarifa inasubiri kukamilishwa", "Un signalement est à compléter"],
  PlanAction: ["A step of the plan is due", "Hatua ya mpango imefikia wakati", "Une étape du plan arrive à échéance"],
  PlanDecision: ["A plan is to be decided", "Mpango unasubiri uamuzi", "Un plan est à décider"],
  PlanReview: ["The plan is to be reviewed", "Mpango unasubiri mapitio", "Le plan est à revoir"],
  ReferralOn: ["Help elsewhere is to be found for her", "Anatakiwa kutafutiwa msaada kwingine", "Une aide ailleurs est à trouver"],
  ReflectionPeriodEnding: ["Her time to reflect ends", "Muda wake wa kutafakari unaisha", "Son délai de réflexion prend fin"],
  RelatedCaseCheck: [
    "A link to another case is to be checked",
    "Uhusiano na kesi nyingine unasubiri kuthibitishwa",
    "Un lien avec un autre dossier est à vérifier",
  ],
  RiskReview: ["The risk is to be assessed anew", "Hatari inasubiri kutathminiwa upya", "Le risque est à réévaluer"],
  SafetyPlanReview: ["The safety plan is to be reviewed", "Mpango wa usalama unasubiri mapitio", "Le plan de sécurité est à revoir"],
  Service: ["Help is due", "Msaada umefikia wakati", "Une aide est due"],
  UrgentCare: ["Urgent care is due", "Huduma ya dharura imefikia wakati", "Des soins urgents sont dus"],
};

/** Why something stands in somebody's work. */
export const workVocabularies = { workKind };
