import "reflect-metadata";
import type { Client } from "pg";
import type { PageRequest } from "#api/reads/page.js";
import { fewRecords, pageStatement } from "#api/reads/page-statement.js";
import { writeCursor } from "#api/reads/cursor.js";
import type { Paged } from "#api/reads/reads.js";
import { columnOf, tableOf } from "#projection/declare/columns.js";
import { readerRole } from "#projection/declare/reader-role.js";
import type { Statement } from "#projection/read/reading.js";
import { operations, records, relations } from "#domain/domain.js";
import { allows } from "#access/decide.js";
import { reached, Standings } from "#api/access/standings.js";
import type { Actor } from "#kernel/kernel.js";
import { occupancyStatement } from "#shelters/stays/occupancy.api.js";
import { fill, organisationId, shelterId, workerId } from "../support/filled-tables.js";
import { emptyReadModels } from "../support/read-models.js";

let client: Client;
beforeAll(async () => {
  client = await emptyReadModels();
  await fill(client, 20_000);
  await client.query(
    `update "case" set stage = 'ClosureRequested', region = 'Geita', sex = 'Unknown', trafficking_status = 'NotVictimOfTrafficking',
       exploitations = '{OrganRemoval}' where id in (select id from "case" order by opened_at limit 3)`,
  );
  await client.query(
    `update consent set purpose = 'PhotoMedia', status = 'Narrowed' where id in (select id from consent order by id limit 3)`,
  );
  await client.query(`analyze "case"; analyze consent`);
  // A handful of shelters is read faster without any index.
  await client.query(
    `insert into shelter (id, revision, code, region, beds_in_service, occupied, free, overflow, beds, told, present, since, position)
     select id || '-' || i, revision, code || '-' || i, region, beds_in_service, occupied, free, overflow, beds, told, present, since, 1
     from shelter, generate_series(1, 1000) as i`,
  );
  await client.query("analyze shelter");
  // Somebody has written into thousands of streams.
  await client.query("insert into chain_finding select 'case-' || gen_random_uuid(), 0, n, 'forged' from generate_series(1, 5000) as n");
  await client.query("analyze chain_finding");
}, 120_000);
afterAll(() => client.end());

interface Node {
  readonly "Node Type": string;
  readonly "Index Name"?: string;
  readonly "Actual Rows": number;
  readonly "Actual Loops": number;
  readonly "Rows Removed by Filter"?: number;
  readonly "Relation Name"?: string;
  readonly "Parent Relationship"?: string;
  readonly Plans?: readonly Node[];
}

/** A value as it stands in a statement. */
const written = (value: unknown): string => (Array.isArray(value) ? `{${value.join(",")}}` : String(value));

/** What Postgres did, each step that it took. A statement with a name is planned once, for whatever values come. */
async function stepsOf({ name, text, values }: Statement): Promise<Node[]> {
  const given = values.length > 0 ? `(${values.map((value) => `'${written(value)}'`).join(", ")})` : "";
  await client.query(`deallocate all; set plan_cache_mode = ${name === undefined ? "force_custom_plan" : "force_generic_plan"}`);
  await client.query(`prepare asked as ${text}`);
  const { rows } = await client.query(`explain (analyze, format json) execute asked${given}`);
  const all = (node: Node): Node[] => (node["Actual Loops"] === 0 ? [] : [node, ...(node.Plans ?? []).flatMap(all)]);
  return all(rows[0]["QUERY PLAN"][0].Plan as Node);
}

/** Those whose lists are narrowed: to a team's few cases, to the many of an organisation, and, whoever checks others' work, to none less. */
const readers: Readonly<Record<string, Actor>> = {
  "a case manager with forty cases": { id: workerId(1), role: "shelter-case-manager", shelter: shelterId(0) },
  "a supervisor of thousands of cases": { id: workerId(2), role: "supervisor", organisation: organisationId(1) },
  "an auditor": { id: workerId(3), role: "auditor" },
};
const standings = new Standings(undefined as never, relations, records);

/** Tells Postgres who reads; nobody: the owner of the tables. */
async function become(actor?: Actor): Promise<void> {
  await client.query("reset role");
  if (!actor) return;
  for (const [name, value] of Object.entries(standings.reader(actor).settings))
    await client.query("select set_config($1, $2, false)", [name, value]);
  await client.query(`set role ${readerRole}`);
}

const lists = operations.filter((each): each is Paged => "listed" in each);
const isKey = ({ listed }: Paged, property: string): boolean => tableOf(listed.view.row).key === property;

/** The rarest and the most frequent value of a column. */
async function extremes({ listed }: Paged, property: string): Promise<string[]> {
  const { type, column } = columnOf(tableOf(listed.view.row), property);
  const value = type.endsWith("[]") ? `unnest("${column}")` : `"${column}"`;
  const { rows } = await client.query<{ value: string }>(
    `select ${value}::text as value from "${tableOf(listed.view.row).table}" group by 1 order by count(*), 1`,
  );
  return [rows[0]!.value, rows.at(-1)!.value];
}

async function middle({ listed }: Paged, sort: string): Promise<string> {
  const { table, key, columns } = tableOf(listed.view.row);
  const by = columnOf({ table, key, columns, indexes: [], spans: [] }, sort.replace("-", "")).column;
  const { rows } = await client.query(
    `select "${by}" as value, "${key}" as key from "${table}" order by 1 limit 1 offset (select count(*) / 2 from "${table}")`,
  );
  const [{ value, key: at }] = rows as [{ value: Date | string; key: string }];
  return writeCursor({ sort, value: value instanceof Date ? value.toISOString() : value, key: at });
}

/** Rows that a page may look at and leave out: those of an index that comes in the right order and is near enough. */
const passedOver = 500;

const isAboutChains = (step: Node): boolean =>
  step["Relation Name"] === "chain_finding" ||
  (step.Plans ?? []).some((each) => each["Relation Name"] === "chain_finding" && step["Parent Relationship"] === "SubPlan");

/** A page is read off an index as it stands there, whatever the table holds, and nothing is sorted. */
async function expectPage(list: Paged, asked: PageRequest, own?: readonly [string, string]): Promise<void> {
  const all = await stepsOf(pageStatement(list.listed, asked, { zone: "Africa/Dar_es_Salaam", own }));
  // Whether each row's stream is intact is looked up for the rows of the page alone.
  const [steps, chains] = [all.filter((step) => !isAboutChains(step)), all.filter(isAboutChains)];
  for (const step of chains) expect(step["Node Type"]).toMatch(/^(Limit|Index (Only )?Scan)/);
  const read = steps.reduce((sum, step) => sum + (step["Rows Removed by Filter"] ?? 0), steps.at(-1)!["Actual Rows"]);
  expect(steps.map((step) => step["Node Type"])).toEqual(["Limit", expect.stringMatching(/^Index (Only )?Scan/)]);
  expect(read).toBeLessThanOrEqual(51 + passedOver);
}

describe.each(lists.map((list) => [list.name, list] as const))("the list of %s", (_, list) => {
  const { filters, sorts, days, view } = list.listed;
  const shelterIn = tableOf(view.row).rows?.house;
  test.each(sorts)("is read in the order of %s, from the first page on and from the middle", async (sort) => {
    await expectPage(list, { sort });
    await expectPage(list, { sort, after: await middle(list, sort) });
  });
  for (const [filter, sort] of filters.flatMap((each) => sorts.map((order) => [each, order] as const)))
    test(`is narrowed by ${filter} in the order of ${sort}, from the first page on and from the middle`, async () => {
      for (const value of await extremes(list, filter)) {
        await expectPage(list, { sort, [filter]: value });
        await expectPage(list, { sort, [filter]: value, after: await middle(list, sort) });
      }
    });
  for (const [name, sort] of Object.keys(days ?? {}).flatMap((each) => sorts.map((order) => [each, order] as const)))
    test(`is narrowed to a day by ${name} in the order of ${sort}`, () => expectPage(list, { sort, [name]: "2024-02-01" }));
  if (shelterIn && !isKey(list, shelterIn))
    test.each(sorts)("is narrowed to one's own shelter in the order of %s", async (sort) => {
      const own = [shelterIn, shelterId(1)] as const;
      await expectPage(list, { sort }, own);
      await expectPage(list, { sort, after: await middle(list, sort) }, own);
    });
});

const concerning = lists.filter(({ listed }) => tableOf(listed.view.row).concerns?.[0] === "case");
describe.each(Object.entries(readers))("to %s, policies and all", (_, actor) => {
  beforeAll(() => become(actor));
  afterAll(() => become());
  const hers = concerning.filter(({ permission }) => permission !== "anybody" && allows(actor, permission, {}, reached));
  test.each(hers.map((list) => [list.name, list] as const))("the list of %s is read without what is not on the page", async (__, list) => {
    const narrowing = standings.narrowing("case", actor);
    for (const sort of list.listed.sorts) {
      const asked = pageStatement(list.listed, { sort }, { zone: "UTC", narrowing });
      // Each page is asked with the plan that was made for any values, as often as with one for these.
      for (const statement of [asked, { text: asked.text, values: asked.values }]) {
        const steps = (await stepsOf(statement)).filter((step) => !isAboutChains(step));
        for (const step of steps) {
          const read = (step["Actual Rows"] + (step["Rows Removed by Filter"] ?? 0)) * step["Actual Loops"];
          expect([step["Node Type"], step["Index Name"], read <= fewRecords + 51]).toEqual([step["Node Type"], step["Index Name"], true]);
        }
      }
    }
  });
});

test("the nights of a shelter are told from the stays of those nights, however long the shelter's history is", async () => {
  const steps = await stepsOf(
    occupancyStatement(
      shelterId(1),
      { from: "2024-02-01", to: "2024-02-29" },
      { now: "2026-01-10T08:00:00.000Z", zone: "Africa/Dar_es_Salaam" },
    ),
  );
  const stays = steps.filter((step) => step["Index Name"]?.startsWith("stay_") && step["Actual Loops"] > 0);
  expect(stays.map((step) => [step["Node Type"], step["Index Name"]])).toEqual([
    ["Index Only Scan", "stay_shelter_admitted_at_discharged_at_ibom_span_idx"],
  ]);
  const { rows } = await client.query(
    `select count(*)::int as all, (count(*) filter (where admitted_at < '2024-03-02Z' and coalesce(discharged_at, 'infinity') >= '2024-01-31Z'))::int as near
     from stay where shelter = $1`,
    [shelterId(1)],
  );
  expect(stays[0]!["Actual Rows"]).toBeLessThanOrEqual(rows[0].near);
  expect(rows[0].near).toBeLessThan(rows[0].all / 5);
  // How many beds there were is told in so few rows here that Postgres reads all of them.
  const whole = steps.filter((step) => step["Node Type"] === "Seq Scan").map((step) => step["Relation Name"]);
  expect(whole.filter((relation) => relation !== "capacity")).toEqual([]);
});
