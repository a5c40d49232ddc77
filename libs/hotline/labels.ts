import type { Vocabulary } from "#kernel/labels.js";
import type * as codes from "./vocabulary.js";

const hotlineChannel: Vocabulary<codes.HotlineChannel> = {
  PhoneCall: ["Telephone call", "Simu", "Appel téléphonique"],
  TextMessage: ["Text message", "Ujumbe mfupi", "SMS"],
  MessagingApp: ["Messaging application", "Programu ya ujumbe", "Messagerie"],
  Email: ["Email", "Barua pepe", "Courriel"],
  WebChat: ["Chat on the web", "Gumzo la mtandaoni", "Discussion en ligne"],
  InPerson: ["In person", "Ana kwa ana", "En personne"],
  Letter: ["Letter", "Barua", "Lettre"],
};
const hotlineTopic: Vocabulary<codes.HotlineTopic> = {
  Trafficking: ["Trafficking in persons", "Usafirishaji haramu wa binadamu", "Traite des personnes"],
  MissingPerson: ["A missing person", "Mtu aliyepotea", "Personne disparue"],
  Shelter: ["Shelter", "Makazi", "Hébergement"],
  Health: ["Health", "Afya", "Santé"],
  Psychosocial: ["Psychosocial help", "Msaada wa kisaikolojia", "Aide psychosociale"],
  Legal: ["Legal advice", "Ushauri wa kisheria", "Conseil juridique"],
  Documents: ["Documents", "Hati", "Documents"],
  Return: ["Return", "Kurejea", "Retour"],
  FamilyContact: ["Contact with family", "Mawasiliano na familia", "Contact avec la famille"],
  Work: ["Work", "Kazi", "Travail"],
  Information: ["Information", "Taarifa", "Information"],
  Other: ["Other", "Nyingine", "Autre"],
};
const callerRelation: Vocabulary<codes.CallerRelation> = {
  Herself: ["The person herself or himself", "Mhusika mwenyewe", "La personne elle-même"],
  Family: ["Family", "Familia", "Famille"],
  Friend: ["Friend", "Rafiki", "Amie ou ami"],
  Neighbour: ["Neighbour", "Jirani", "Voisinage"],
  Colleague: ["Colleague", "Mfanyakazi mwenza", "Collègue"],
  Professional: ["Somebody by profession", "Mtaalamu", "Professionnel"],
  Witness: ["Witness", "Shahidi", "Témoin"],
  Stranger: ["Stranger", "Mgeni", "Inconnu"],
  NotSaid: ["Not said", "Hakusema", "Non dit"],
};
const hotlineAdvice: Vocabulary<codes.HotlineAdvice> = {
  WhereToGetHelp: ["Where to get help", "Mahali pa kupata msaada", "Où trouver de l'aide"],
  WhatRightsSheHas: ["What rights she has", "Haki alizo nazo", "Quels droits elle a"],
  HowToStaySafe: ["How to stay safe", "Namna ya kubaki salama", "Comment rester en sécurité"],
  EmergencyNumber: ["Emergency number", "Namba ya dharura", "Numéro d'urgence"],
  HowToReportIt: ["How to report it", "Namna ya kuripoti", "Comment le signaler"],
  HowToCallAgain: ["How to call again", "Namna ya kupiga tena", "Comment rappeler"],
  Other: ["Other", "Nyingine", "Autre"],
};
const callBackOutcome: Vocabulary<codes.CallBackOutcome> = {
  Reached: ["Reached", "Amepatikana", "Jointe"],
  NotReached: ["Not reached", "Hakupatikana", "Non jointe"],
  SomebodyElseAnswered: ["Somebody else answered", "Mtu mwingine alijibu", "Quelqu'un d'autre a répondu"],
  BrokenOffForSafety: ["Broken off for safety", "Imekatishwa kwa usalama", "Interrompu par sécurité"],
};
const callBackLeft: Vocabulary<codes.CallBackLeft> = {
  Nothing: ["Nothing", "Hakuna", "Rien"],
  Message: ["A message", "Ujumbe", "Un message"],
  Number: ["A telephone number", "Namba ya simu", "Un numéro de téléphone"],
  Name: ["A name", "Jina", "Un nom"],
};

export const hotlineVocabularies = { hotlineChannel, hotlineTopic, callerRelation, hotlineAdvice, callBackOutcome, callBackLeft };
