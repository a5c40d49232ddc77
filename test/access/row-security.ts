import { Client } from "pg";
import { readerOf } from "#api/access/reader.js";
import { relations, views } from "#domain/domain.js";
import { tableOf } from "#projection/declare/columns.js";
import { readerRole } from "#projection/declare/reader-role.js";
import { organisation } from "../journeys/journey.js";
import { idOf } from "./people.js";
import { cellsOf, isOwnCell, type Person } from "./reading.js";
import { houseOfRow, type Row, type World } from "./world.js";

// Postgres alone: what its tables let through to whoever reads, whatever the api would ask, or has forgotten to ask.

/** Registers the tests. */
export function rowsAreLetThrough(world: World): void {
  let client: Client;
  beforeAll(async () => {
    client = new Client({ connectionString: world.system.environment["DATABASE_URL"]! });
    await client.connect();
  });
  afterAll(() => client.end());

  /** Tells Postgres who reads, as the api does. */
  async function become(person: Person | null): Promise<void> {
    await client.query("discard all");
    await client.query(`set role ${readerRole}`);
    if (!person) return;
    const { barred: _, ...actor } = { organisation, ...person, id: idOf(person) };
    for (const [name, value] of Object.entries(readerOf(relations, actor).settings))
      await client.query("select set_config($1, $2, false)", [name, value]);
  }
  const through = async (table: string): Promise<Row[]> => (await client.query<Row>(`select * from "${table}"`)).rows;

  /** What a list of its rows is about: the area of the first column beside the key. */
  const areaOf = (of: new () => object): string => tableOf(of).columns.find(({ area }) => typeof area === "string")!.area as string;
  const shown = views.filter(({ row }) => tableOf(row).columns.some(({ area }) => area !== undefined));

  test("every table of a view has a policy, and the api's role owns none", async () => {
    const { rows } = await world.reading.query<{ relname: string; relrowsecurity: boolean; owner: string; policies: number }>(
      `select relname, relrowsecurity, relowner::regrole::text as owner, (select count(*)::int from pg_policy where polrelid = pg_class.oid) as policies
     from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace and relname = any($1)`,
      [views.map(({ row }) => tableOf(row).table)],
    );
    expect(rows).toHaveLength(views.length);
    for (const { relname, relrowsecurity, owner, policies } of rows)
      expect([relname, relrowsecurity, policies, owner === readerRole]).toEqual([relname, true, 1, false]);
  });

  test("where Postgres was told of nobody, it lets no row through", async () => {
    await become(null);
    for (const { row } of views) expect([tableOf(row).table, await through(tableOf(row).table)]).toEqual([tableOf(row).table, []]);
  });

  test.each(shown.map((view) => [tableOf(view.row).table, view] as const))(
    "of %s it lets through to each what is hers, and all of that",
    async (table, { row: of }) => {
      const answer = of.name.replace(/View$/, "");
      const all = await world.rowsOf(answer);
      const area = tableOf(of).rows?.area;
      for (const person of world.everybody) {
        const isHers = (row: Row) => {
          const own = houseOfRow(answer, row) !== undefined && houseOfRow(answer, row) === person.shelter && person.barred === undefined;
          const isForHerRole = tableOf(of).concerns?.[0] === "case" || cellsOf(person, areaOf(of));
          const isEverywhere = area === undefined ? isForHerRole : cellsOf(person, area) && !isOwnCell(person, area);
          const isOwnHouse = houseOfRow(answer, row) === person.shelter && answer !== "Stay";
          return own || (isOwnHouse && person.shelter !== undefined) || (isEverywhere && world.isOpenTo(person, answer, row, false));
        };
        await become(person);
        const got = (await through(table)).map(({ id }) => id as string).toSorted();
        expect([person, got]).toEqual([
          person,
          all
            .filter(isHers)
            .map(({ id }) => id as string)
            .toSorted(),
        ]);
      }
    },
  );

  test("what tells who stands to whom is let through of oneself alone", async () => {
    for (const person of world.everybody) {
      await become(person);
      const known = [idOf(person), person.shelter, person.district, person.organisation ?? organisation];
      for (const { view } of relations)
        for (const { holder } of await through(tableOf(view.row).table))
          expect([person, known]).toEqual([person, expect.arrayContaining([holder])]);
    }
  });

  test("nothing else in the database is read with the api's role, and nothing is written", async () => {
    await become(null);
    for (const table of ["due_asked", "policy_refusal", "projection_task", "chain_end"])
      await expect(client.query(`select from ${table}`)).rejects.toThrow(/permission denied/);
    for (const { row } of views) await expect(client.query(`delete from "${tableOf(row).table}"`)).rejects.toThrow(/permission denied/);
  });
}
