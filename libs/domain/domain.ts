import { accessWords } from "#access/words.js";
import { accessRecord } from "#access/disclosure.js";
import type { ProtectedRecord } from "#access/record.js";
import { generalWords } from "#api/operations/words.js";
import type { Operation } from "#api/operations/operation.js";
import { edgesOf, including, pathsOf } from "#api/reads/edges.js";
import { link, linksOf, type Link } from "#api/reads/links.js";
import { emergencyRightTopics } from "#cases/break-glass/break-glass.topic.js";
import { intakeWords } from "#cases/intake/words.js";
import { caseWords } from "#cases/words.js";
import { identificationWords } from "#cases/identification-words.js";
import { cases } from "#cases/cases.js";
import { caseTopicsWith } from "#cases/cases.topics.js";
import { casePlacementView } from "#cases/placement/placement.view.js";
import { complaintWords } from "#complaints/words.js";
import { complaintTopics } from "#complaints/complaint.topic.js";
import { hotlineTopicsWith } from "#hotline/contact.topic.js";
import { hotlineWords } from "#hotline/words.js";
import { importTopicsOf } from "#imports/imports.topic.js";
import { importWords } from "#imports/words.js";
import type { Vocabulary, Words } from "#kernel/labels.js";
import { peopleWords } from "#people/words.js";
import { organisationTopics, staffTopics } from "#people/people.topics.js";
import { requireCorrectable } from "#projection/declare/correctable.js";
import type { Policies } from "#projection/declare/policy.js";
import type { View } from "#projection/declare/view.js";
import { shelterView } from "#shelters/capacity/shelter.view.js";
import { shelterWords } from "#shelters/words.js";
import { shelterTopicsWith } from "#shelters/shelters.topics.js";
import { traffickingEventWords } from "#trafficking-events/words.js";
import { traffickingEventTopicsWith } from "#trafficking-events/event.topic.js";
import { denialTopics } from "#topics/denials.topics.js";
import type { Topics } from "#topics/topic.js";
import { approvers } from "./approvers.topic.js";
import { ofCase } from "./event.topic.js";
import { freeTheBed } from "./free-the-bed.policy.js";
import { manageTheHouse } from "./manage-the-house.policy.js";
import { linked } from "./linked-case.topic.js";
import { caseRows, resident } from "./resident.topic.js";
import { tellTheCase } from "./tell-the-case.policy.js";

/** What people keep here. A new aggregate is a line here. */
const kept: readonly Topics[] = [
  caseTopicsWith({ approvers }),
  shelterTopicsWith({ resident, caseRows }),
  denialTopics,
  complaintTopics,
  traffickingEventTopicsWith({ ofCase, cases, caseRows }),
  hotlineTopicsWith({ linked }),
  emergencyRightTopics,
  organisationTopics,
  staffTopics,
];
/** All that is kept may be brought in from elsewhere. */
const all: readonly Topics[] = [...kept, importTopicsOf(kept.flatMap(({ operations }) => operations))];

/** What a fact in one aggregate asks of another. A new one is a line here. */
const between: Policies = [freeTheBed, tellTheCase, manageTheHouse];

/** What a row of one aggregate names of another. A new one is a line here. */
const across: readonly Link[] = [link(casePlacementView, "shelter", shelterView, ({ current }) => current?.shelter)];

/** Everything there is: of every aggregate, every topic. */
const declared: readonly Operation[] = all.flatMap((each) => each.operations);
/** Every list that hangs below rows of another, such as the consents of a case. */
export const edges = edgesOf(declared);
/** Every row that names a record, such as a consent its case. */
export const links: readonly Link[] = [...linksOf(declared), ...across];
export const views = all.flatMap((each) => each.views) as readonly View<any, any>[] as readonly View[];
export const policies: Policies = [...all.flatMap((each) => each.policies), ...between];
requireCorrectable(views, policies);
export const dues = all.flatMap((each) => each.due);
export const relations = all.flatMap((each) => each.relations);
/** What each kind of record calls its facts and its refusals. A new aggregate is a line here. */
const words: readonly Words[] = [
  generalWords,
  accessWords,
  caseWords,
  identificationWords,
  intakeWords,
  shelterWords,
  complaintWords,
  traffickingEventWords,
  hotlineWords,
  importWords,
  peopleWords,
];
export const vocabularies: Readonly<Record<string, Vocabulary>> = Object.assign({}, ...all.map((each) => each.vocabularies), {
  fact: Object.assign({}, ...words.map(({ facts }) => facts)),
  refusal: Object.assign({}, ...words.map(({ refusals }) => refusals)),
});
/** Every kind of record there is a stream of, as access sees it; beside what people keep, who saw it. */
export const records: readonly ProtectedRecord[] = [...all.map(({ about }) => about), accessRecord];
export const operations: readonly Operation[] = including([...declared, ...pathsOf(edges, records)], edges);
