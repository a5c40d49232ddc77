import { DataSource, Table, TableIndex, type MigrationInterface, type QueryRunner } from "typeorm";
import { tableOf } from "./columns.js";
import type { View } from "./view.js";

/** What the runner keeps beside the views. */
export class ProjectionTables1700000000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`create table projection_checkpoint (
      name text primary key, commit_position numeric(20), prepare_position numeric(20),
      applied bigint not null default 0, updated_at timestamptz not null default now()) with (fillfactor = 50)`);
    await runner.query(`create table policy_refusal (
      command_id uuid primary key, policy text not null, fact_id uuid not null, code text not null, refused_at timestamptz not null default now())`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query("drop table policy_refusal; drop table projection_checkpoint");
  }
}

/** Opens the read models' database. */
export const readModels = (url: string, views: readonly View[]): DataSource =>
  new DataSource({
    type: "postgres",
    url,
    entities: views.map(({ row }) => row),
    migrations: [ProjectionTables1700000000000],
    migrationsTableName: "schema_migration",
    synchronize: false,
    extra: { max: 20, statement_timeout: 30_000 },
  });

/** Brings the schema up to date; a view whose version was raised gets a new, empty table and is folded from the start. */
export async function migrate(source: DataSource, views: readonly View[]): Promise<void> {
  const runner = source.createQueryRunner();
  try {
    // Two processes that start together must not both create the tables.
    await runner.query("select pg_advisory_lock(hashtext('hifadhi schema'))");
    await source.runMigrations({ transaction: "all" });
    for (const view of views) await createView(runner, view);
  } finally {
    await runner.query("select pg_advisory_unlock(hashtext('hifadhi schema'))");
    await runner.release();
  }
}

async function createView(runner: QueryRunner, { row, version }: View): Promise<void> {
  const { table, columns, key, indexes } = tableOf(row);
  const name = `${table} ${version}`;
  const { length } = (await runner.query("select 1 from projection_checkpoint where name = $1", [name])) as unknown[];
  if (length > 0 && (await runner.hasTable(table))) return;
  await runner.startTransaction();
  await runner.dropTable(table, true);
  const kept = columns.map(({ property, column, type, nullable }) => ({
    name: column,
    type: type.replace("[]", ""),
    isArray: type.endsWith("[]"),
    isNullable: nullable,
    isPrimary: property === key,
  }));
  await runner.createTable(new Table({ name: table, columns: [...kept, { name: "position", type: "numeric", precision: 20, scale: 0 }] }));
  const columnOf = (property: string) => columns.find((each) => each.property === property)!.column;
  for (const index of indexes) await runner.createIndex(table, new TableIndex({ columnNames: index.map(columnOf) }));
  await runner.query("delete from projection_checkpoint where name like $1", [`${table} %`]);
  await runner.query("insert into projection_checkpoint (name) values ($1)", [name]);
  await runner.commitTransaction();
}
