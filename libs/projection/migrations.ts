import { DataSource, Table, TableIndex, type MigrationInterface, type QueryRunner } from "typeorm";
import { tableOf } from "./columns.js";
import { viewName, type View } from "./view.js";

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

/** Checkpoints for each partition, and facts that a view could not take. */
export class Partitions1700000000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`create table policy_checkpoint as select * from projection_checkpoint where name like 'policy %';
      alter table policy_checkpoint add primary key (name);
      alter table policy_checkpoint alter applied set not null, alter applied set default 0, alter updated_at set default now();
      delete from projection_checkpoint where name like 'policy %';
      alter table projection_checkpoint add partition int not null default 0, add epoch bigint not null default 0;
      alter table projection_checkpoint drop constraint projection_checkpoint_pkey, add primary key (name, partition)`);
    await runner.query(`create table projection_dead_letter (
      view text, stream text, revision bigint, fact_id uuid not null, type text not null, commit_position numeric(20) not null,
      prepare_position numeric(20) not null, key text, error text, parked_at timestamptz not null default now(), primary key (view, stream, revision))`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query("drop table projection_dead_letter; drop table policy_checkpoint; drop table projection_checkpoint");
  }
}

/** Opens the read models' database. */
export const readModels = (url: string, views: readonly View[]): DataSource =>
  new DataSource({
    type: "postgres",
    url,
    entities: views.map(({ row }) => row),
    migrations: [ProjectionTables1700000000000, Partitions1700000000001],
    migrationsTableName: "schema_migration",
    synchronize: false,
    extra: { max: 20, statement_timeout: 30_000 },
  });

/**
 * Brings the schema up to date; a view whose version was raised gets a new, empty table and is folded from the start. Where the number
 * of partitions has changed, each view goes on from the lowest place of its old ones: what a row holds already is passed over.
 */
export async function migrate(source: DataSource, views: readonly View[], partitions: number): Promise<void> {
  const runner = source.createQueryRunner();
  try {
    // Two processes that start together must not both create the tables.
    await runner.query("select pg_advisory_lock(hashtext('hifadhi schema'))");
    await source.runMigrations({ transaction: "all" });
    for (const view of views) {
      await createView(runner, view);
      await divide(runner, viewName(view), partitions);
    }
  } finally {
    await runner.query("select pg_advisory_unlock(hashtext('hifadhi schema'))");
    await runner.release();
  }
}

/** What stands in every view's table beside its columns: the last fact in the row, and since when the row is not told the whole. */
const beside = [
  { name: "position", type: "numeric", precision: 20, scale: 0 },
  { name: "stale_since", type: "bigint", isNullable: true },
];

async function createView(runner: QueryRunner, view: View): Promise<void> {
  const { table, columns, key, indexes } = tableOf(view.row);
  const name = viewName(view);
  const { length } = (await runner.query("select 1 from projection_checkpoint where name = $1", [name])) as unknown[];
  if (length > 0 && (await runner.hasTable(table))) {
    await runner.query(`alter table "${table}" add column if not exists stale_since bigint`);
    return;
  }
  await runner.startTransaction();
  await runner.dropTable(table, true);
  const kept = columns.map(({ property, column, type, nullable }) => ({
    name: column,
    type: type.replace("[]", ""),
    isArray: type.endsWith("[]"),
    isNullable: nullable,
    isPrimary: property === key,
  }));
  await runner.createTable(new Table({ name: table, columns: [...kept, ...beside] }));
  const columnOf = (property: string) => columns.find((each) => each.property === property)!.column;
  for (const index of indexes) await runner.createIndex(table, new TableIndex({ columnNames: index.map(columnOf) }));
  await runner.query("delete from projection_checkpoint where name like $1", [`${table} %`]);
  await runner.query("insert into projection_checkpoint (name) values ($1)", [name]);
  await runner.commitTransaction();
}

/** Whoever worked with another number of partitions can write nothing any more. */
async function divide(runner: QueryRunner, name: string, partitions: number): Promise<void> {
  const places = (await runner.query("select count(*)::int as count from projection_checkpoint where name = $1", [name])) as [
    { count: number },
  ];
  if (places[0].count === partitions) return;
  await runner.startTransaction();
  const [lowest] = (await runner.query(
    `with old as (delete from projection_checkpoint where name = $1 returning *)
     select case when bool_and(commit_position is not null) then min(commit_position) end::text as commit,
       case when bool_and(commit_position is not null) then min(prepare_position) end::text as prepare,
       max(epoch)::text as epoch, sum(applied)::text as applied from old`,
    [name],
  )) as [{ commit: string | null; prepare: string | null; epoch: string; applied: string }];
  await runner.query(
    `insert into projection_checkpoint (name, partition, epoch, commit_position, prepare_position, applied)
     select $1, partition, $2::bigint + 1, $3::numeric, $4::numeric, case partition when 0 then $5::bigint else 0 end
     from generate_series(0, $6::int - 1) as partition`,
    [name, lowest.epoch, lowest.commit, lowest.prepare, lowest.applied, partitions],
  );
  await runner.commitTransaction();
}
