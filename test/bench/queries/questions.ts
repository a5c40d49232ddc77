import { randomUUID } from "node:crypto";
import { pageStatement } from "#api/reads/page-statement.js";
import { writeCursor } from "#api/reads/cursor.js";
import { occupancyStatement } from "#shelters/stays/occupancy.api.js";
import { caseFileView } from "#cases/intake/case-file.view.js";
import { intakeTopic } from "#cases/intake/intake.topic.js";
import { rowsStatement } from "#api/reads/rows.js";
import { tableOf } from "#projection/declare/columns.js";
import type { Statement } from "#projection/read/reading.js";
import { caseId, regions, shelterId, sheltersOf } from "../../support/filled-tables.js";
import { openableId } from "./seed.js";

/** One thing that is asked, in three languages. `who` asks; the bare statements are those that the api itself sends to Postgres. */
export interface Question {
  readonly who: string;
  readonly path: string;
  readonly query: string;
  readonly variables: object;
  readonly bare: readonly Statement[];
}

const casesListed = intakeTopic.lists.find(({ name }) => name === "cases")!.listed;
const listFields = tableOf(casesListed.view.row).columns.map(({ property }) => property);
const fileFields = tableOf(caseFileView.row).columns.map(({ property }) => property);
const pages = `query ($where: CasesParameters) { cases(where: $where) { items { ${listFields.join(" ")} stale } next } }`;
const file = `query ($id: ID!) { case(id: $id) { ${fileFields.join(" ")} stale } }`;
const nights = `query ($id: ID!, $where: Nights!) { shelterOccupancy(id: $id, where: $where) { night beds occupied overflow rate } }`;

const below = (most: number): number => Math.floor(Math.random() * most);
const anywhere = (): string => new Date(Date.UTC(2021, 0, 1) + below(5 * 365) * 86_400_000).toISOString();

/** A page of 50: the newest, those of a region, or further back, each as often. */
function page(cases: number): Question {
  const region = regions[below(regions.length)]!;
  const after = writeCursor({ sort: "-openedAt", value: anywhere(), key: caseId(below(cases)) });
  const where: Record<string, string> = [{}, { region }, { after }][below(3)]!;
  const path = `/v1/cases?${new URLSearchParams(where).toString()}`;
  return {
    who: "imani",
    path,
    query: pages,
    variables: { where },
    bare: [pageStatement(casesListed, where, { zone: "Africa/Dar_es_Salaam" })],
  };
}

/** A case's codes and times, asked by someone who may see no more. */
function undisclosed(cases: number): Question {
  const id = caseId(1 + below(cases));
  return { who: "musa", path: `/v1/cases/${id}`, query: file, variables: { id }, bare: [rowsStatement(caseFileView, [id])] };
}

/** The same with the personal data, opened, and the disclosure recorded durably before: bare, a row of the same size that is committed. */
function disclosed(cases: number): Question {
  const id = openableId(below(cases), cases);
  const values = [randomUUID(), id, JSON.stringify({ subjects: [id], classes: ["identity"], filler: "x".repeat(600) })];
  const record = { name: "record", text: "insert into bench_disclosure (id, case_id, disclosure) values ($1, $2, $3)", values };
  return {
    who: "amina",
    path: `/v1/cases/${id}`,
    query: file,
    variables: { id },
    bare: [rowsStatement(caseFileView, [id]), record],
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
    bare: [occupancyStatement(id, { from, to }, { now: new Date().toISOString(), zone: "Africa/Dar_es_Salaam" })],
  };
}

export const questions = {
  "case list page": page,
  "case file": undisclosed,
  "case file, disclosed": disclosed,
  "shelter occupancy": occupancy,
} satisfies Readonly<Record<string, (cases: number) => Question>>;

export type Kind = keyof typeof questions;
export const kinds = Object.keys(questions) as Kind[];
