import { randomUUID } from "node:crypto";
import { Standings } from "#api/access/standings.js";
import { writeCursor } from "#api/reads/cursor.js";
import { pageSize } from "#api/reads/page.js";
import { pageStatement } from "#api/reads/page-statement.js";
import type { Composed } from "#api/reads/reads.js";
import { rowsStatement } from "#api/reads/rows.js";
import { caseView } from "#cases/intake/case.view.js";
import { intakeTopic } from "#cases/intake/intake.topic.js";
import { edges, operations, records, relations } from "#domain/domain.js";
import { tableOf } from "#projection/declare/columns.js";
import { occupancyStatement } from "#shelters/stays/occupancy.api.js";
import { caseId, regions, shelterId, sheltersOf } from "../../support/filled-tables.js";
import { listQuestions } from "./lists.js";
import type { Question } from "./question.js";
import { actorOf, teamCase } from "./seed.js";

const zone = "Africa/Dar_es_Salaam";
const standings = new Standings(undefined as never, relations, records);
const narrowingOf = (who: string) => standings.narrowing("case", actorOf(who));

const casesListed = intakeTopic.lists.find(({ name }) => name === "cases")!.listed;
const { sections } = operations.find((each): each is Composed => each.name === "case")!;
const lineFields = tableOf(caseView.row)
  .columns.filter(({ inner }) => !inner)
  .map(({ property }) => property)
  .join(" ");
const pages = `query ($where: CasesParameters) { cases(where: $where) { items { ${lineFields} stale } next } }`;
const file = `query ($id: ID!) { case(id: $id) { ${lineFields} stale
  person { languages identity { givenName familyName birthDate } contact { phone safeWayToReach } }
  screening { completedAt acts means exploitations methodsOfControl determinations { at status decidedBy } account { account } }
  placement { current { shelter stay } } } }`;
const fileSections = Object.fromEntries(["person", "screening", "placement"].map((name) => [name, sections[name]!]));
const nights = `query ($id: ID!, $where: Nights!) { shelterOccupancy(id: $id, where: $where) { night beds occupied overflow rate } }`;

const below = (most: number): number => Math.floor(Math.random() * most);
const anywhere = (): string => new Date(Date.UTC(2021, 0, 1) + below(5 * 365) * 86_400_000).toISOString();

const page = (who: string, where: Record<string, string>): Question => ({
  who,
  path: `/v1/cases?${new URLSearchParams(where).toString()}`,
  query: pages,
  variables: { where },
  bare: [pageStatement(casesListed, where, { zone, narrowing: narrowingOf(who) })],
});

/** The forty cases of a team, or those of a region among them. */
const ofATeam = (): Question => page("amina", [{}, { region: regions[below(regions.length)]! }][below(2)] as Record<string, string>);

/** A page of 50 among a third of all cases: the newest, those of a region, or further back, each as often. */
function ofAnOrganisation(cases: number): Question {
  const after = writeCursor({ sort: "-openedAt", value: anywhere(), key: caseId(below(cases)) });
  return page("imani", [{}, { region: regions[below(regions.length)]! }, { after }][below(3)] as Record<string, string>);
}

/** A case's codes and times, asked by someone who may see no more. */
function undisclosed(cases: number): Question {
  const id = teamCase(below(cases), cases);
  return { who: "musa", path: `/v1/cases/${id}`, query: file, variables: { id }, bare: [rowsStatement(caseView, [id], fileSections)] };
}

/** The same with the personal data, opened, and the disclosure recorded durably before: bare, a row of the same size that is committed. */
function disclosed(cases: number): Question {
  const id = teamCase(below(cases), cases);
  const values = [randomUUID(), id, JSON.stringify({ subjects: [id], classes: ["identity"], filler: "x".repeat(600) })];
  const record = { name: "record", text: "insert into bench_disclosure (id, case_id, disclosure) values ($1, $2, $3)", values };
  return {
    ...undisclosed(cases),
    who: "amina",
    path: `/v1/cases/${id}`,
    variables: { id },
    bare: [rowsStatement(caseView, [id], fileSections), record],
  };
}

const linked = ["consents", "teamMembers", "stays", "emergencyAccesses"];
const links = edges.filter(({ list, parents }) => linked.includes(list.name) && parents.some((each) => each.row === caseView.row));
const withLinks = `query ($id: ID!) { case(id: $id) { ${lineFields} stale
  consents { items { id purpose status givenAt expiresAt } next } teamMembers { items { id worker role since } next }
  stays { items { id bed category admittedAt dischargedAt } next } emergencyAccesses { items { id by reason invokedAt } next } } }`;

/** A case with what hangs below it: five questions. */
function withFiveLinks(cases: number): Question {
  const id = teamCase(below(cases), cases);
  const narrowing = narrowingOf("imani");
  const each = links.map(({ listed, column }) =>
    pageStatement(listed, { first: pageSize.below }, { zone, narrowing, below: { column, ids: [id] } }),
  );
  return {
    who: "imani",
    path: `/v1/cases/${id}?include=${linked.join(",")}`,
    query: withLinks,
    variables: { id },
    bare: [rowsStatement(caseView, [id]), ...each],
  };
}

/** Thirty nights of a shelter. */
function occupancy(cases: number): Question {
  const id = shelterId(below(sheltersOf(cases)));
  const from = anywhere().slice(0, 10);
  const to = new Date(Date.parse(from) + 29 * 86_400_000).toISOString().slice(0, 10);
  return {
    who: "imani",
    path: `/v1/shelters/${id}/occupancy?from=${from}&to=${to}`,
    query: nights,
    variables: { id, where: { from, to } },
    bare: [occupancyStatement(id, { from, to }, { now: new Date().toISOString(), zone })],
  };
}

export const questions: Readonly<Record<string, (cases: number) => Question>> = {
  "cases of a team": ofATeam,
  "cases of an organisation": ofAnOrganisation,
  "case file": undisclosed,
  "case file, disclosed": disclosed,
  "case with five links": withFiveLinks,
  "shelter occupancy": occupancy,
  ...listQuestions,
};

export const kinds = Object.keys(questions);
