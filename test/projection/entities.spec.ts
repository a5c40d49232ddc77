import type { DataSource } from "typeorm";
import { migrate, readModels } from "#projection/declare/migrations.js";
import { views } from "#domain/domain.js";
import { createDatabase } from "../support/postgres.js";

let source: DataSource;
beforeAll(async () => {
  source = await readModels(await createDatabase(), views).initialize();
  await migrate(source, views, 4);
}, 60_000);
afterAll(() => source.destroy());

/** What TypeORM would do to the tables, so that they were those of its entities. */
const wanted = async (): Promise<string[]> => (await source.driver.createSchemaBuilder().log()).upQueries.map(({ query }) => query);

/**
 * Columns that every table of a view has besides its entity's: the last fact in the row, and since when it is not told the whole. They
 * belong to the pipeline, and no reader of a view sees them by its entity. Indexes are the pipeline's, too: it makes them after filling.
 */
const ofThePipeline = [/ DROP COLUMN "(position|stale_since)"$/, /^DROP INDEX /];
const others = (queries: readonly string[]): string[] => queries.filter((query) => !ofThePipeline.some((each) => each.test(query)));

test("the tables are what TypeORM's entities say: every column with its type, nullable or not, and the key", async () => {
  expect(others(await wanted())).toEqual([]);
});

test("a table that differs is found", async () => {
  await source.query(`alter table consent alter column purpose type varchar, add column another int`);
  expect(others(await wanted()).join("\n")).toMatch(/another/);
});
