import { isInputObjectType, isObjectType } from "graphql";
import { views } from "#domain/domain.js";
import { tableOf } from "#projection/declare/columns.js";
import { pdfOf } from "#platform/documents/examples.js";
import { formOf } from "../support/forms.js";
import { graphqlClient } from "../support/live.js";
import { System } from "../support/system.js";
import {
  anId,
  documentOf,
  documentsOf,
  exampleBody,
  exampleOf,
  isElsewhere,
  rootFields,
  within,
  type Documents,
  type Route,
} from "./documents.js";
import { answers, beginnings, byRestAlone, operations, personal, refusesTheLeast } from "./expected.js";
import { houseOf, sceneOf, type House } from "./houses.js";
import { People } from "./people.js";
import { sectionsOf } from "./world.js";
import { everybodyOf, mayAsk, mayAtAll, mayWrite, seesOf, standsTo, type Person } from "./reading.js";

// Every right that the api tells of, by REST and by GraphQL, tried by everybody on her own and on foreign records.

const system = new System();
const people = new People(system);
let documents: Documents;
let own: House;
let foreign: House;
let everybody: Person[];
/** A record of each other kind, such as an import. */
const begun = new Map<string, string>();
type Kept = { readonly document: string; readonly about: string; readonly withdrawn: string | null };
/** The documents of a case. */
const kept = new Map<string, readonly Kept[]>();
beforeAll(async () => {
  await system.start();
  documents = await documentsOf(people);
  [own, foreign] = [await houseOf(people, "OWN-1"), await houseOf(people, "FOR-1")];
  for (const [kind, begin] of Object.entries(beginnings)) begun.set(kind, await begin(sceneOf(people, own)));
  everybody = everybodyOf(own.shelter);
  for (const house of [own, foreign]) {
    const told = (await sceneOf(people, house).state(`/v1/cases/${house.resident}`)) as { documents: Kept[] };
    kept.set(house.resident, told.documents);
  }
}, 120_000);
afterAll(() => system.stop(), 60_000);

const rootFieldOf = (name: string) => rootFields(documents.graphql).find(([, field]) => field.name === name)!;
const routeOf = (name: string) => documents.routes.find((each) => each.name === name)!;
/** What an id names for an operation, in a house. */
const idFor = (name: string, { shelter, resident }: House): string => {
  const right = operations[name]!;
  if (right === "anybody") return resident;
  return right.whose === "a shelter" ? shelter : (begun.get(right.whose) ?? resident);
};
/** A document of her case that stands, of a class that she may read. */
const documentFor = (person: Person | undefined, { resident }: House): string | undefined =>
  person && kept.get(resident)!.find(({ about, withdrawn }) => withdrawn === null && seesOf(person)(about, undefined))?.document;
/** There is one house of each code. */
let codes = 0;
const newCode = () => `${["TA", "TB", "TC", "TD", "TE"][Math.floor(++codes / 1000)]}-${codes % 1000}`;
/** No change is stored with it: whoever may make it is told that it is stale. */
const stale = "999999";

test("who may ask is said of every operation, by REST and by GraphQL, and of no other", () => {
  const said = Object.keys(operations).toSorted();
  expect(documents.routes.map(({ name }) => name).toSorted()).toEqual(said);
  expect(
    rootFields(documents.graphql)
      .map(([, { name }]) => name)
      .toSorted(),
  ).toEqual(said.filter((name) => !byRestAlone.includes(name)));
});

test("who may see it is said of every field of every answer, by REST and by GraphQL", () => {
  const schemas = new Set(documents.routes.flatMap(({ answer }) => (answer ? within(documents.schemas, answer) : [])));
  const envelopes = [...schemas].filter((name) => /(Page|Live)$/.test(name));
  /** What stands in one column has no table of its own: whoever may see the column, or each of its fields, is said there. */
  const columns = views.flatMap(({ row }) =>
    tableOf(row)
      .columns.filter(({ type }) => type === "jsonb")
      .map(({ property }) => `${row.name.replace(/View$/, "")}.${property}`),
  );
  const shapes = new Set(
    columns.flatMap((path) => {
      const [answer, property] = path.split(".") as [string, string];
      const schema = documents.schemas[answer]?.["properties"]?.[property] as object | undefined;
      const named = schema ? [...JSON.stringify(schema).matchAll(/schemas\/(\w+)"/g)].map(([, each]) => each!) : [];
      // What a deployment's own form asks has no fields that could be named here.
      return named.filter((each) => documents.schemas[each]?.["properties"] !== undefined);
    }),
  );
  const fieldsOf = (table: object) => [...new Set(Object.keys(table).map((path) => path.split(/[.[]/)[0]!))].toSorted();
  for (const name of schemas) {
    // What hangs below a row is a list of its own.
    const properties = Object.entries(documents.schemas[name]!["properties"] as Record<string, object>).filter(
      ([, schema]) => !JSON.stringify(schema).includes('Page"'),
    );
    const told = properties.map(([field]) => field).toSorted();
    const sections = Object.keys(sectionsOf(name));
    if (envelopes.includes(name))
      expect([
        ["integrity", "items", "next"],
        ["items", "next"],
        ["position", "row"],
      ]).toContainEqual(told);
    else if (!shapes.has(name))
      expect([name, told.filter((field) => !sections.includes(field))]).toEqual([name, fieldsOf(answers[name] ?? {})]);
    for (const [field, schema] of properties) {
      const [shape] = [...JSON.stringify(schema).matchAll(/schemas\/(\w+)"/g)].map(([, each]) => each!).filter((each) => shapes.has(each));
      const paths = Object.keys(answers[name] ?? {}).filter((path) => path.startsWith(`${field}[].`));
      if (!shape || answers[name]?.[field] !== undefined) continue;
      const inner = Object.keys(documents.schemas[shape]!["properties"] as object).map((each) => `${field}[].${each}`);
      expect([name, paths.toSorted()]).toEqual([name, inner.toSorted()]);
    }
    const type = documents.graphql.getType(name);
    const fields = Object.values<any>((type as any).getFields()).filter((each) => !isElsewhere(each));
    expect(fields.map((each) => each.name as string).toSorted()).toEqual(told);
  }
});

test("every field of every answer and of every request is described, by REST and by GraphQL", () => {
  const byRest = Object.entries(documents.schemas).flatMap(([name, { properties = {} }]) =>
    Object.entries(properties as Record<string, { description?: string }>).flatMap(([field, { description }]) =>
      description ? [] : [`${name}.${field}`],
    ),
  );
  const byGraphql = Object.values(documents.graphql.getTypeMap()).flatMap((type) =>
    type.name.startsWith("__") || !(isObjectType(type) || isInputObjectType(type))
      ? []
      : Object.values(type.getFields()).flatMap(({ name, description }) => (description ? [] : [`${type.name}.${name}`])),
  );
  expect([byRest, byGraphql]).toEqual([[], []]);
});

test("whoever has signed in is told what she may ask at all, and nothing else", async () => {
  for (const person of everybody) {
    const { status, body } = await people.ask(person, "GET", "/v1/me");
    expect([status, body.role, body.shelter]).toEqual([200, person.role, person.shelter ?? null]);
    expect({ person, may: body.operations }).toEqual({
      person,
      may: Object.keys(operations)
        .filter((name) => mayAtAll(person, name))
        .toSorted(),
    });
  }
});

test("every text that a change takes freely is personal, and its class is said", () => {
  for (const { name, body } of documents.routes.filter(({ method, path }) => method === "POST" && !path.startsWith("/v1/projections"))) {
    const properties = Object.entries((body?.["properties"] ?? {}) as Record<string, any>);
    const classes = properties.flatMap(([field, { description = "" }]) => {
      const [, dataClass] = /^Personal data \((\w+)\)/.exec(description) ?? [];
      return dataClass ? [[field, dataClass]] : [];
    });
    expect([name, Object.fromEntries(classes)]).toEqual([name, personal[name] ?? {}]);
    const free = properties.filter(
      ([, schema]) => [schema.type].flat()[0] === "string" && !schema.enum && !schema.format && !schema.pattern,
    );
    for (const [field] of free) expect(personal[name] ?? {}).toHaveProperty(field);
  }
});

describe.each(Object.keys(operations))("%s", (name) => {
  const isQuery = () => routeOf(name).method === "GET";
  const isAboutOne = () => routeOf(name).path.includes("{id}");
  const query = (route: Route) =>
    route.parameters
      .filter(({ in: place, required }) => place === "query" && required)
      .map(({ name: parameter, schema }) => [parameter, exampleOf(documents.schemas, schema)]);

  async function byRest(person: Person | undefined, house: House, over: object = {}): Promise<number> {
    const route = routeOf(name);
    const path = route.path.replace("{id}", idFor(name, house)).replace("{document}", documentFor(person, house) ?? anId);
    if (isQuery()) {
      const response = await people.send(person, "GET", `${path}?${new URLSearchParams(Object.fromEntries(query(route))).toString()}`);
      await response.body?.cancel();
      return response.status;
    }
    const body = { ...exampleBody(documents.schemas, route.body ?? {}), ...over, ...named(house) };
    const sent = route.isForm ? formOf(body, { bytes: pdfOf("Invented") }) : body;
    return (await people.ask(person, "POST", path, sent, { ...(isAboutOne() && { "if-match": stale }) })).status;
  }
  /** A case is one that there is. The read side is told of views that there are none, so that nothing is done to those that there are. */
  const named = ({ resident }: House) => {
    const { views, caseId, code } = (routeOf(name).body?.["properties"] ?? {}) as Record<string, unknown>;
    return {
      ...(views !== undefined && { views: ["none"] }),
      ...(caseId !== undefined && { caseId: resident }),
      ...(code !== undefined && { code: newCode() }),
    };
  };

  async function byGraphql(person: Person | undefined, house: House, over: object = {}): Promise<number> {
    if (byRestAlone.includes(name)) return byRest(person, house, over);
    const [kind, field] = rootFieldOf(name);
    const route = routeOf(name);
    const input = isQuery()
      ? Object.fromEntries(query(route))
      : { ...exampleBody(documents.schemas, route.body ?? {}), ...over, ...named(house) };
    const given = {
      ...(isAboutOne() && { id: idFor(name, house), ...(!isQuery() && { revision: Number(stale) }) }),
      ...(field.args.some((each) => each.name === "input") && { input }),
      ...(isQuery() && Object.keys(input).length > 0 && { where: input }),
    };
    const document = documentOf(kind, field, given);
    if (kind !== "subscription") return (await people.graphql(person, document, given)).status;
    const client = graphqlClient(system.base, person && (await people.token(person)));
    const first = await client
      .iterate<any>({ query: document, variables: given })
      .next()
      .catch(({ code, reason }) => ({ value: { errors: [{ extensions: { status: code === 4401 ? 401 : reason } }] } }));
    void client.dispose();
    return first.value.errors?.[0]?.extensions.status ?? 200;
  }

  /** How an operation is answered to whoever may ask. */
  const granted = (person: Person, house = own) => {
    // Whoever does not stand to a case names one that there is none of.
    if ("caseId" in (routeOf(name).body?.["properties"] ?? {}) && !standsTo(person, { shelter: house.shelter, stays: true })) return 409;
    // She has written none, and names no change of which there might be one.
    if (["stopTask", "draft", "discardDraft"].includes(name)) return 404;
    if (name === "keepDraft") return 400;
    if (name === "downloadDocument") return documentFor(person, own) ? 200 : 404;
    if (refusesTheLeast.includes(name)) return 409;
    if (name === "chainLookedInto") return 200;
    if (isQuery()) return name === "deadLettersPreview" ? 400 : 200;
    if (operations[name] !== "anybody" && (operations[name] as { on: string }).on === "projections") return 400;
    return isAboutOne() ? 412 : 201;
  };

  test("is for those alone who may, on her own records and on others'", async () => {
    const asks = everybody.flatMap((person) => (isAboutOne() ? [own, foreign] : [own]).map((house) => [person, house] as const));
    // Streams are few at once.
    const atOnce = !byRestAlone.includes(name) && rootFieldOf(name)[0] === "subscription" ? 8 : asks.length;
    const askedBy = async ([person, house]: (typeof asks)[number], place: number) => {
      const expected = mayAsk(person, name, house.shelter) ? granted(person, house) : 404;
      const graphql = expected === 201 ? 200 : expected;
      const turn = Math.floor(place / 2) % 2;
      const [byOne, byOther] = [house === own || turn === 0, house === own || turn === 1];
      // On others' records, half of the people ask by the one protocol and half by the other: what decides is the same.
      const told = [byOne ? await byRest(person, house) : expected, byOther ? await byGraphql(person, house) : graphql];
      expect([person, house === own, ...told]).toEqual([...[person, house === own, expected, graphql]]);
    };
    for (let place = 0; place < asks.length; place += atOnce) await Promise.all(asks.slice(place, place + atOnce).map(askedBy));
  });

  test("is for nobody who is not signed in", async () => {
    expect([await byRest(undefined, own), await byGraphql(undefined, own)]).toEqual([401, 401]);
  });

  for (const [field, dataClass] of Object.entries(personal[name] ?? {}))
    test(`${field} is written, and taken away, by whoever may write ${dataClass}`, async () => {
      const value = exampleOf(documents.schemas, routeOf(name).body!["properties"][field]);
      for (const person of everybody.filter((each) => mayAsk(each, name, own.shelter))) {
        const { whose } = operations[name] as { whose: string };
        const house = whose === "a case" ? undefined : person.shelter;
        const expected = mayWrite(person, dataClass, house, whose === "begun") ? granted(person) : 403;
        expect([person, await byRest(person, own, { [field]: value })]).toEqual([person, expected]);
        expect([person, await byGraphql(person, own, { [field]: value })]).toEqual([person, expected === 201 ? 200 : expected]);
        if (String(routeOf(name).body!["properties"][field].description).includes("null removes it"))
          expect([person, await byRest(person, own, { [field]: null })]).toEqual([person, expected]);
      }
    });
});

test("a record that there is none of is told to nobody as if there were", async () => {
  for (const { name, path, method } of documents.routes.filter(({ path: each }) => each.includes("{id}"))) {
    if (method !== "GET") continue;
    const statuses = await Promise.all(
      everybody.map(async (person) => {
        const response = await people.send(person, "GET", `${path.replace("{id}", anId)}?from=2026-01-01&to=2026-01-01`);
        await response.body?.cancel();
        return response.status;
      }),
    );
    const asks = name === "shelterOccupancy" ? [200, 404] : [400, 404];
    for (const status of statuses) expect(asks).toContain(status);
  }
});
