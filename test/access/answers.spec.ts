import { isDeepStrictEqual } from "node:util";
import type { Pool } from "pg";
import { access } from "#access/disclosure.js";
import { roles } from "#access/roles.js";
import { cases } from "#cases/cases.js";
import { screenedOf, stageOf } from "#cases/stage.js";
import { operations, records, views } from "#domain/domain.js";
import type { Paged } from "#api/reads/reads.js";
import { tableOf } from "#projection/declare/columns.js";
import { openReading, readList } from "#projection/read/reading.js";
import { shelters } from "#shelters/shelters.js";
import type { SealedPart } from "#seal/sealed.js";
import { EventLog } from "#store/event-log.js";
import { locate } from "#store/states.js";
import type { StoredFact } from "#store/stored.js";
import { EventReader, graphqlClient } from "../support/live.js";
import { eventually } from "../journeys/journey.js";
import { System } from "../support/system.js";
import { documentOf, documentsOf, rootFields, type Documents } from "./documents.js";
import type { ExpectedAreas } from "#access/expectation.js";
import { answers, facts, notInStories, states, toldOfTopics } from "./expected.js";
import { houseOf, told, type House } from "./houses.js";
import { People } from "./people.js";
import { isNarrowed, mayAsk, seen, seenRow, seesOf, type Person } from "./reading.js";

// Field by field: what everybody is told of her own and of foreign records, against what the log and the tables hold.

const system = new System();
const people = new People(system);
let documents: Documents;
let houses: House[];
let everybody: Person[];
let reading: Pool;
let log: EventLog;
beforeAll(async () => {
  await system.start({ LIVE_STREAMS_PER_PERSON: "1000" });
  documents = await documentsOf(people);
  houses = [await houseOf(people, "OWN-1"), await houseOf(people, "FOR-1")];
  everybody = roles.flatMap((role) => [{ role, shelter: houses[0]!.shelter }, { role }]);
  reading = openReading(system.environment["DATABASE_URL"]!);
  log = new EventLog(system.environment["EVENTSTORE_URL"]!);
}, 120_000);
afterAll(async () => {
  await Promise.all([reading.end(), log.close()]);
  await system.stop();
}, 60_000);

type Row = Record<string, any>;
const aggregates = { case: cases, shelter: shelters, access } as const;
/** What follows from a state and is told with it. */
const derivedOf = (aggregate: keyof typeof aggregates, state: any): Row =>
  aggregate === "case" ? { stage: stageOf(screenedOf(state.screening), state.closure.status) } : {};
const viewOf = (name: string) => views.find(({ row }) => row.name === `${name}View`)!;

/** All rows of a view as the table holds them. What is sealed is put in as it was told. */
async function rowsOf(answer: string): Promise<Row[]> {
  const table = tableOf(viewOf(answer).row);
  const { rows } = await reading.query<Row>(`select ${readList(table)} from "${table.table}"`);
  const sealed = table.columns.filter((each) => each.sealed).map(({ property }) => property);
  return rows.map((row) => ({
    ...row,
    ...Object.fromEntries(sealed.map((name) => [name, toldOfTopics[name] ?? told[name as keyof typeof told]])),
    ...(row["notes"] && { notes: notesOf(row["notes"] as SealedPart[]) }),
  }));
}
const notesOf = (parts: readonly SealedPart[]) => parts.map(({ event, type }) => ({ fact: event, type, ...told.notes[type] }));
const houseOfRow = (answer: string, row: Row): string | undefined =>
  (({ Shelter: row["id"], Stay: row["shelter"] }) as Record<string, string>)[answer];
const expectedRow = (person: Person, answer: string, row: Row): object =>
  seenRow(row, answers[answer]!, seesOf(person), houseOfRow(answer, row));

const factsOf = async (stream: string): Promise<StoredFact[]> => {
  const all: StoredFact[] = [];
  for await (const fact of log.readStream(stream)) all.push(fact);
  return all;
};

/** What the history should tell of each fact. */
function expectedHistory(
  person: Person,
  aggregate: keyof typeof aggregates,
  all: readonly StoredFact[],
  house: string | undefined,
): object[] {
  const of = aggregates[aggregate];
  const sees = seesOf(person);
  let state: Row = of.initial as Row;
  return all.map((stored) => {
    const { type, data, at } = locate(of as typeof cases, stored) as any;
    const before = { ...state, ...derivedOf(aggregate, state) };
    state = (of as typeof cases).apply(state as never, { type, data } as never, at) as Row;
    const after: Row = { ...state, ...derivedOf(aggregate, state) };
    const topics = Object.keys(after).filter((topic) => after[topic] !== before[topic]);
    const part = (from: Row, topic: string) => (seen({ [topic]: from[topic] }, states[aggregate]!, sees, house) as Row)[topic];
    const changed = topics.map((topic) => [topic, { before: part(before, topic), after: part(after, topic) }] as const);
    const personal = Object.values(stored.personal ?? {}).flatMap((classes) => Object.keys(classes));
    const { metadata } = stored;
    const { by } = seen({ by: metadata.by }, answers["HistoryEntry"]!, sees, house) as { by: Row };
    return plain({
      revision: Number(stored.revision),
      id: stored.id,
      type,
      at: metadata.at,
      recordedAt: stored.recordedAt,
      purpose: metadata.purpose,
      source: metadata.source,
      commandId: metadata.commandId,
      hash: metadata.hash,
      integrity: "intact",
      lateReason: null,
      imported: null,
      by: Object.fromEntries(Object.entries(by).filter(([, value]) => value !== null)),
      data: seen(data, facts[type] as ExpectedAreas, sees, house) ?? {},
      sealed: [...new Set(personal)].toSorted(),
      changed: Object.fromEntries(changed.filter(([, { before: was, after: is }]) => !isDeepStrictEqual(was, is))),
    });
  });
}
const plain = (value: unknown): object => JSON.parse(JSON.stringify(value)) as object;

async function byGraphql(person: Person, name: string, given: object): Promise<any> {
  const [kind, field] = rootFields(documents.graphql).find(([, each]) => each.name === name)!;
  const { data, problem } = await people.graphql(person, documentOf(kind, field, given as Record<string, unknown>), given);
  expect(problem).toBeUndefined();
  return data.answer;
}
const allowed = (name: string, house: House) => everybody.filter((person) => mayAsk(person, name, house.shelter));
/** Whoever asked may have left a trace meanwhile: what is told is the beginning of what there is. */
const beginning = (all: object[], answer: object[]) => all.slice(0, answer.length);

describe.each([
  ["case", "case", "CaseFile"],
  ["shelter", "shelter", "Shelter"],
] as const)("%s", (name, kind, answer) => {
  const idsIn = ({ shelter, resident, former }: House) => (kind === "case" ? [resident, former] : [shelter]);
  const everyRecord = () => houses.flatMap((house) => idsIn(house).map((id) => [house, id] as const));

  test("is told field by field as far as each may see it", async () => {
    const rows = await rowsOf(answer);
    for (const [house, id] of everyRecord())
      for (const person of allowed(name, house)) {
        const expected = expectedRow(
          person,
          answer,
          rows.find((row) => row["id"] === id)!,
        );
        expect({ person, row: (await people.ask(person, "GET", `/v1/${kind}s/${id}`)).body }).toEqual({ person, row: expected });
        expect({ person, row: await byGraphql(person, name, { id }) }).toEqual({ person, row: expected });
      }
  });

  test("its past states are told part by part as far as each may see them", async () => {
    for (const [house, id] of everyRecord()) {
      const all = await factsOf(`${kind}-${id}`);
      const state = all.reduce<any>((before, stored) => {
        const { type, data, at } = locate(aggregates[kind] as typeof cases, stored) as any;
        return (aggregates[kind] as typeof cases).apply(before, { type, data } as never, at);
      }, aggregates[kind].initial);
      for (const person of allowed(`${kind}State`, house)) {
        const expected = plain(
          seen({ ...state, ...derivedOf(kind, state) }, states[kind]!, seesOf(person), kind === "shelter" ? id : undefined) as object,
        );
        expect({ person, state: (await people.ask(person, "GET", `/v1/${kind}s/${id}/state`)).body.state }).toEqual({
          person,
          state: expected,
        });
        expect({ person, state: (await byGraphql(person, `${kind}State`, { id })).state }).toEqual({ person, state: expected });
      }
    }
  });

  test.each([
    ["History", kind],
    ["Access", "access"],
  ] as const)("its %s is told fact by fact as far as each may see them", async (what, aggregate) => {
    for (const [house, id] of everyRecord())
      for (const person of allowed(`${kind}${what}`, house)) {
        const byRest = await people.ask(person, "GET", `/v1/${kind}s/${id}/${what.toLowerCase()}?first=200`);
        if (byRest.status === 404 && what === "Access") continue;
        const items = byRest.body.items as object[];
        const graphql = (await byGraphql(person, `${kind}${what}`, { id, where: { first: 200 } })).items as object[];
        const expected = expectedHistory(person, aggregate, await factsOf(`${aggregate}-${id}`), kind === "shelter" ? id : undefined);
        expect({ person, items }).toEqual({ person, items: beginning(expected, items) });
        expect({ person, items: graphql }).toEqual({ person, items: beginning(expected, graphql) });
      }
  });

  test("its live line is told field by field as far as each may see it, and nothing personal", async () => {
    const line = kind === "case" ? "Case" : "Shelter";
    const personal = new Set(
      tableOf(viewOf(line).row)
        .columns.filter((each) => each.sealed)
        .map(({ property }) => property),
    );
    const rows = await rowsOf(line);
    for (const [house, id] of everyRecord())
      for (const person of allowed(`${name}Live`, house)) {
        const shown = expectedRow(
          person,
          line,
          rows.find((row) => row["id"] === id)!,
        );
        const expected = Object.fromEntries(Object.entries(shown).map(([field, value]) => [field, personal.has(field) ? null : value]));
        const events = new EventReader(await people.send(person, "GET", `/v1/${kind}s/${id}/live`));
        expect({ person, row: (await events.next())!.data.row }).toEqual({ person, row: expected });
        await events.close();
        const client = graphqlClient(system.base, await people.token(person));
        const [, field] = rootFields(documents.graphql).find(([, each]) => each.name === `${name}Live`)!;
        const states = client.iterate<any>({ query: documentOf("subscription", field, { id }), variables: { id } });
        expect({ person, row: (await states.next()).value.data.answer.row }).toEqual({ person, row: expected });
        await client.dispose();
      }
  });
});

/** Every list, and what its rows are called. */
const lists = operations.flatMap((each) =>
  "listed" in each ? [[each.name, (each as Paged).listed.view.row.name.replace(/View$/, "")] as const] : [],
);

describe.each(lists)("the list of %s", (name, answer) => {
  const own = () => houses[0]!;
  /** What is sealed is in no list. */
  const withoutSealed = (row: Row): Row => {
    const sealed = tableOf(viewOf(answer).row).columns.filter((each) => each.sealed);
    return Object.fromEntries(Object.entries(row).filter(([field]) => !sealed.some(({ property }) => property === field)));
  };

  test("is told row by row and field by field as far as each may see it", async () => {
    const rows = (await rowsOf(answer)).map(withoutSealed);
    for (const person of allowed(name, own())) {
      const visible = rows.filter((row) => !isNarrowed(person, name) || houseOfRow(answer, row) === person.shelter);
      const expected = new Map(visible.map((row) => [row["id"], expectedRow(person, answer, row)]));
      const byRest = (await people.ask(person, "GET", `/v1/${name}?first=200`)).body.items as Row[];
      const graphql = (await byGraphql(person, name, { where: { first: 200 } })).items as Row[];
      for (const items of [byRest, graphql.map(withoutSealed)]) {
        expect(new Set(items.map(({ id }) => id))).toEqual(new Set(expected.keys()));
        for (const item of items) expect({ person, item }).toEqual({ person, item: expected.get(item["id"]) });
      }
    }
  });

  test("is not narrowed by what one may not see", async () => {
    const rows = await rowsOf(answer);
    const { parameters } = documents.routes.find((each) => each.name === name)!;
    const offered = parameters.filter(({ in: place, name: each }) => place === "query" && !["first", "after", "sort"].includes(each));
    for (const person of allowed(name, own())) {
      for (const { name: filter } of offered)
        for (const row of rows.filter((each) => Object.hasOwn(each, filter) && each[filter] !== null && [each[filter]].flat().length > 0)) {
          const [value] = [row[filter]].flat();
          const house = isNarrowed(person, name) ? person.shelter : undefined;
          const sees = (seenRow({ [filter]: value }, answers[answer]!, seesOf(person), house) as Row)[filter] !== null;
          const { status, body } = await people.ask(person, "GET", `/v1/${name}?${filter}=${value}`);
          expect([person, filter, status]).toEqual([person, filter, sees ? 200 : 400]);
          if (!sees)
            expect(body.errors).toEqual([{ field: filter, code: "whitelistValidation", message: `property ${filter} should not exist` }]);
          const where = { [filter]: value };
          const field = rootFields(documents.graphql).find(([, each]) => each.name === name)![1];
          expect((await people.graphql(person, documentOf("query", field, { where }), { where })).status).toBe(sees ? 200 : 400);
        }
    }
  });
});

const isFilled = (rows: readonly object[]) => rows.length > 0;

test("in these stories everything happened that can happen, so that nothing is compared with nothing", async () => {
  // Somebody asked in vain.
  await eventually(() => rowsOf("Denial"), isFilled);
  const streams = houses.flatMap(({ shelter, resident, former }) => [`case-${resident}`, `case-${former}`, `shelter-${shelter}`]);
  const types = new Set((await Promise.all(streams.map(factsOf))).flat().map(({ type }) => type));
  const all = [...Object.keys(cases.versions), ...Object.keys(shelters.versions)].filter((type) => !notInStories.includes(type));
  expect([...types].toSorted()).toEqual(all.toSorted());
  for (const [answer, table] of Object.entries(answers).filter(([name]) => viewOf(name) !== undefined)) {
    const rows = await rowsOf(answer);
    // An operator lets an event be passed over only where a view cannot take it, which none of these stories tells.
    const fields = Object.keys(table).filter((path) => !path.includes("[") && path !== "skipped");
    expect([answer, fields.filter((field) => !rows.some((row) => row[field] !== null))]).toEqual([answer, []]);
  }
  const declared = records.flatMap(({ of }) => Object.keys(of.versions));
  expect(Object.keys(facts).toSorted()).toEqual(declared.toSorted());
});
