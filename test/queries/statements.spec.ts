import "reflect-metadata";
import type { NestFastifyApplication } from "@nestjs/platform-fastify";
import { Client } from "pg";
import { freePort } from "#platform/http/free-port.js";
import { startApi } from "../../apps/api/api.js";
import { configuration } from "../../apps/api/configuration.js";
import { assign, caseWithConsent, eventually } from "../journeys/journey.js";
import { System } from "../support/system.js";

const system = new System();
/** An api of our own beside the system's, so that we can see what it asks of Postgres. */
let api: NestFastifyApplication;
const asked: string[] = [];
const { query } = Client.prototype as unknown as { query: (this: Client, ...given: unknown[]) => unknown };
let cases: string[];
beforeAll(async () => {
  await system.start();
  cases = await Promise.all(Array.from({ length: 12 }, () => caseWithConsent(system)));
  await Promise.all(cases.map((id) => assign(system, id, "musa")));
  await eventually(
    () => system.get("musa", "/v1/cases"),
    ({ body }) => body.items.length === cases.length,
  );
  const { position } = (await system.post("amina", `/v1/cases/${cases[0]}/refuse-consent`, { purpose: "PhotoMedia", refusedBy: "self" }))
    .body;
  await system.get("musa", `/v1/cases/${cases[0]}`, { "consistent-after": position });
  const PORT = await freePort();
  api = await startApi(configuration({ ...system.environment, PORT: String(PORT), DEMO_SIGN_IN: "yes" }));
  system.base = `http://127.0.0.1:${PORT}`;
  system.forgetTokens();
  await system.token("musa");
  Client.prototype.query = function (this: Client, ...given: [string | { text: string }]) {
    const [statement] = given;
    const text = typeof statement === "string" ? statement : statement.text;
    // Before that, Postgres is told who reads; and every now and then the api looks how far the views are.
    if (!text.startsWith("select set_config('role'") && !text.includes("projection_checkpoint")) asked.push(text);
    return query.apply(this, given);
  } as never;
}, 120_000);
afterAll(async () => {
  Client.prototype.query = query as never;
  await api.close();
  await system.stop();
}, 60_000);
/** The table that a statement is about; those by which it is narrowed aside. */
const tableIn = (text: string): string =>
  [...text.matchAll(/from "(\w+)"/g)].map(([, table]) => table!).find((table) => !table.startsWith("relation_"))!;
beforeEach(() => (asked.length = 0));

test("a dozen case files in one query are one question to Postgres", async () => {
  const files = cases.map(
    (id, index) => `c${index}: case(id: "${id}") { revision person { languages identity { givenName } } screening { acts } }`,
  );
  const { body } = await system.graphql("musa", `{ ${files.join(" ")} }`);
  expect(body.errors).toBeUndefined();
  expect(Object.values(body.data)).toHaveLength(cases.length);
  expect(asked).toEqual([expect.stringContaining('from "case"')]);
  for (const table of ["case_person", "case_screening"]) expect(asked[0]).toContain(`from "${table}"`);
  expect(asked[0]).not.toContain("case_placement");
});

test("a page of cases is one question, however many there are on it and whatever is asked of each", async () => {
  const ask = (first: number) =>
    system.graphql(
      "musa",
      `{ cases(where: { first: ${first} }) { items { id stage openedAt region exploitations revision stale } next } }`,
    );
  const pages = [await ask(1), await ask(12)];
  expect(pages.map(({ body }) => body.data.cases.items.length)).toEqual([1, 12]);
  expect(asked).toEqual([expect.stringContaining('from "case"'), expect.stringContaining('from "case"')]);
});

test("the same page, asked for twice in one query, is one question", async () => {
  const { body } = await system.graphql("musa", "{ one: cases { items { id } } other: cases { items { id } } }");
  expect(body.data.one).toEqual(body.data.other);
  expect(asked).toHaveLength(1);
});

test("a query over lists and records asks as often as it has kinds of them", async () => {
  const ids = cases.slice(0, 5).map((id, index) => `c${index}: case(id: "${id}") { revision }`);
  const { body } = await system.graphql(
    "musa",
    `{ ${ids.join(" ")} cases { items { id } } consents(where: { caseId: "${cases[0]}" }) { items { id purpose } } }`,
  );
  expect(body.errors).toBeUndefined();
  expect(new Set(asked.map(tableIn))).toEqual(new Set(["case", "consent"]));
  expect(asked).toHaveLength(3);
});

test("a page of cases with what hangs below each is one question a kind, however many cases there are", async () => {
  const ask = (first: number) =>
    system.graphql(
      "musa",
      `{ cases(where: { first: ${first} }) { items { id consents { items { id } } teamMembers { items { worker } } } } }`,
    );
  for (const first of [1, 12]) {
    asked.length = 0;
    const { body } = await ask(first);
    expect(body.errors).toBeUndefined();
    expect(body.data.cases.items).toHaveLength(first);
    expect(body.data.cases.items.every((each: any) => each.consents.items.length > 0 && each.teamMembers.items.length > 1)).toBe(true);
    expect(asked.map(tableIn).toSorted((one, other) => one.localeCompare(other))).toEqual([...["case", "consent", "team_member"]]);
  }
});

test("a page of consents with the case of each is two questions, however many there are", async () => {
  for (const first of [1, 12]) {
    asked.length = 0;
    const { body } = await system.graphql("musa", `{ consents(where: { first: ${first} }) { items { caseId case { id stage } } } }`);
    expect(body.errors).toBeUndefined();
    expect(body.data.consents.items.map((each: any) => each.case.id)).toEqual(body.data.consents.items.map((each: any) => each.caseId));
    expect(body.data.consents.items).toHaveLength(first);
    expect(asked.map(tableIn)).toEqual(["consent", "case"]);
  }
});

test("a page of cases with two sections of each is three questions, however many cases there are", async () => {
  for (const first of [1, 12]) {
    asked.length = 0;
    const { body } = await system.graphql(
      "musa",
      `{ cases(where: { first: ${first} }) { items { id person { languages identity { givenName } } screening { acts } } } }`,
    );
    expect(body.errors).toBeUndefined();
    expect(body.data.cases.items).toHaveLength(first);
    // Who is told of many at once is told nothing personal of any.
    expect(body.data.cases.items.map(({ person }: any) => person)).toEqual(
      Array.from({ length: first }, () => ({ languages: ["sw"], identity: null })),
    );
    expect(asked.map(tableIn)).toEqual(["case", "case_person", "case_screening"]);
  }
});
