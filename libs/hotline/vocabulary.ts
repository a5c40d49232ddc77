/** Codes are stored and never change. */
export const hotlineChannels = ["PhoneCall", "TextMessage", "MessagingApp", "Email", "WebChat", "InPerson", "Letter"] as const;
export type HotlineChannel = (typeof hotlineChannels)[number];
/** What it was about, by groups: what exactly was said is sealed. */
export const hotlineTopics = [
  "Trafficking",
  "MissingPerson",
  "Shelter",
  "Health",
  "Psychosocial",
  "Legal",
  "Documents",
  "Return",
  "FamilyContact",
  "Work",
  "Information",
  "Other",
] as const;
export type HotlineTopic = (typeof hotlineTopics)[number];
export const callerRelations = [
  "Herself",
  "Family",
  "Friend",
  "Neighbour",
  "Colleague",
  "Professional",
  "Witness",
  "Stranger",
  "NotSaid",
] as const;
export type CallerRelation = (typeof callerRelations)[number];
export const hotlineAdvices = [
  "WhereToGetHelp",
  "WhatRightsSheHas",
  "HowToStaySafe",
  "EmergencyNumber",
  "HowToReportIt",
  "HowToCallAgain",
  "Other",
] as const;
export type HotlineAdvice = (typeof hotlineAdvices)[number];
export const callBackOutcomes = ["Reached", "NotReached", "SomebodyElseAnswered", "BrokenOffForSafety"] as const;
export type CallBackOutcome = (typeof callBackOutcomes)[number];
/** What was left where nobody was reached. */
export const callBackLeft = ["Nothing", "Message", "Number", "Name"] as const;
export type CallBackLeft = (typeof callBackLeft)[number];
