import type { Weekday } from "#kernel/in-time.js";
import type { Vocabulary } from "#kernel/labels.js";
import type * as codes from "./vocabulary.js";

const contactChannel: Vocabulary<codes.ContactChannel> = {
  PhoneCall: ["Telephone call", "Simu", "Appel téléphonique"],
  TextMessage: ["Text message", "Ujumbe mfupi", "SMS"],
  MessagingApp: ["Messaging application", "Programu ya ujumbe", "Messagerie"],
  Email: ["Email", "Barua pepe", "Courriel"],
  Letter: ["Letter", "Barua", "Lettre"],
  Visit: ["Visit", "Ziara", "Visite"],
  ThroughTrustedPerson: ["Through a person whom she trusts", "Kupitia mtu anayemwamini", "Par une personne de confiance"],
  ThroughOrganisation: ["Through an organisation", "Kupitia shirika", "Par une organisation"],
};
const contactReason: Vocabulary<codes.ContactReason> = {
  Support: ["Support", "Msaada", "Accompagnement"],
  Appointment: ["Appointment", "Miadi", "Rendez-vous"],
  Safety: ["Safety", "Usalama", "Sécurité"],
  Legal: ["Legal matter", "Suala la kisheria", "Affaire juridique"],
  Return: ["Return", "Kurejea", "Retour"],
  FollowUp: ["Follow-up", "Ufuatiliaji", "Suivi"],
  Feedback: ["Feedback", "Maoni", "Avis"],
  Other: ["Other", "Nyingine", "Autre"],
};
const contactOutcome: Vocabulary<codes.ContactOutcome> = {
  Reached: ["Reached", "Amepatikana", "Jointe"],
  NotReached: ["Not reached", "Hakupatikana", "Non jointe"],
  SomebodyElseAnswered: ["Somebody else answered", "Mtu mwingine alijibu", "Quelqu'un d'autre a répondu"],
  WayNoLongerWorks: ["The way no longer works", "Njia haifanyi kazi tena", "Ce moyen ne marche plus"],
  BrokenOffForSafety: ["Broken off for her safety", "Imekatishwa kwa usalama wake", "Interrompu pour sa sécurité"],
};
const leftBehind: Vocabulary<codes.LeftBehind> = {
  Nothing: ["Nothing", "Hakuna", "Rien"],
  Message: ["A message", "Ujumbe", "Un message"],
  Number: ["A telephone number", "Namba ya simu", "Un numéro de téléphone"],
  Name: ["A name", "Jina", "Un nom"],
  Document: ["A document", "Hati", "Un document"],
};
const weekday: Vocabulary<Weekday> = {
  Monday: ["Monday", "Jumatatu", "Lundi"],
  Tuesday: ["Tuesday", "Jumanne", "Mardi"],
  Wednesday: ["Wednesday", "Jumatano", "Mercredi"],
  Thursday: ["Thursday", "Alhamisi", "Jeudi"],
  Friday: ["Friday", "Ijumaa", "Vendredi"],
  Saturday: ["Saturday", "Jumamosi", "Samedi"],
  Sunday: ["Sunday", "Jumapili", "Dimanche"],
};

/** How, when and why she is contacted. */
export const safeContactVocabularies = { contactChannel, contactReason, contactOutcome, leftBehind, weekday };
