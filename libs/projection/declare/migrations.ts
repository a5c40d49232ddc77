import type { PoolClient } from "pg";
import { DataSource, type MigrationInterface, type QueryRunner } from "typeorm";
import { addIndexes } from "./indexes.js";
import { createReader, createRelationViews, protectRows } from "./row-security.js";
import { readerRole } from "./reader-role.js";
import { createView, hasTable, isOfVersion } from "./tables.js";
import { policyName, type Policies } from "./policy.js";
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

/** Views that stand still on purpose, rebuilds, and the long work that operators ask for. */
export class Rebuilding1700000000002 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query("alter table projection_checkpoint add halted text");
    await runner.query(`create table projection_rebuild (
      name text primary key, rows bigint not null, checksum text not null, verified_at timestamptz)`);
    await runner.query(`create table projection_task (
      id uuid primary key, kind text not null, views text[] not null, options jsonb not null, state text not null, asked_by text not null,
      stage text, position numeric(20), head numeric(20), result jsonb, error text,
      asked_at timestamptz not null default now(), updated_at timestamptz not null default now())`);
    await runner.query("create index on projection_task (asked_at)");
    await runner.query("create unique index on projection_task (kind) where state in ('asked', 'running', 'stopping')");
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query("drop table projection_task; drop table projection_rebuild; alter table projection_checkpoint drop halted");
  }
}

/** Rows that are found by whose they are and the time that they span: see `span`. Postgres brings the extension with it. */
export class Spans1700000000003 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query("create extension if not exists btree_gist");
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query("drop extension btree_gist");
  }
}

/**
 * Policies have checkpoints among those of views and park like them. An older program that still runs, or comes back, goes on with the table
 * of its own: what it asks for again is answered from the streams. Events that were passed over are kept apart from views, for ever.
 */
export class LeftOut1700000000004 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`insert into projection_checkpoint (name, commit_position, prepare_position, applied, updated_at)
      select 'policy:' || substr(name, 8), commit_position, prepare_position, applied, updated_at from policy_checkpoint`);
    await runner.query("alter table projection_checkpoint add halted_stream text, add halted_revision bigint");
    for (const schema of ["public", "rebuilt", "previous"])
      await runner.query(`alter table if exists ${schema}.projection_dead_letter add skipped boolean not null default false`);
    await runner.query("create index projection_dead_letter_skipped on projection_dead_letter (key) where skipped");
    await runner.query("alter table policy_refusal add stream text, add revision bigint");
    await runner.query("create index on policy_refusal (policy)");
    await runner.query(`create table projection_skip (
      view text, stream text, revision bigint, fact_id uuid not null, type text not null, reason text not null,
      asked_by text not null, asked_at timestamptz not null default now(), approved_by text, approved_at timestamptz,
      primary key (view, stream, revision))`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`drop table projection_skip; alter table policy_refusal drop stream, drop revision;
      delete from projection_checkpoint where name like 'policy:%';
      delete from projection_dead_letter where view like 'policy:%' or skipped`);
    await runner.query("alter table projection_checkpoint drop halted_stream, drop halted_revision");
    for (const schema of ["public", "rebuilt", "previous"])
      await runner.query(`alter table if exists ${schema}.projection_dead_letter drop skipped`);
  }
}

/** What does not fit the chains of the log, and how far each was seen: kept by themselves, no rebuild touches them. */
export class Chains1700000000010 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`create table chain_finding (
      stream text, revision bigint, position numeric(20) not null, kind text not null, found_at timestamptz not null default now(),
      looked_into_at timestamptz, looked_into_by text, primary key (stream, revision))`);
    await runner.query(`create table chain_end (
      stream text primary key, revision bigint not null, position numeric(20) not null, hash text not null) with (fillfactor = 50)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query("drop table chain_end; drop table chain_finding");
  }
}

/** What was asked for because it fell due, and what a rule said to it (`code`; null: it was done): kept by itself, no rebuild touches it. */
export class DueAsked1700000000011 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`create table due_asked (
      name text, id text, at timestamptz, code text, asked_at timestamptz not null default now(), primary key (name, id, at))`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query("drop table due_asked");
  }
}

/** A role that owns nothing, as which the api reads. */
export class Readers1700000000012 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await createReader((text) => runner.query(text));
  }

  /** Other databases of the server may use the role as well. */
  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`drop owned by ${readerRole}`);
  }
}

/** Opens the read models' database. */
export const readModels = (url: string, views: readonly View[]): DataSource =>
  new DataSource({
    type: "postgres",
    url,
    entities: views.map(({ row }) => row),
    migrations: [
      ...[ProjectionTables1700000000000, Partitions1700000000001, Rebuilding1700000000002, Spans1700000000003],
      ...[LeftOut1700000000004, Chains1700000000010, DueAsked1700000000011, Readers1700000000012],
    ],
    migrationsTableName: "schema_migration",
    synchronize: false,
    extra: { max: 20, statement_timeout: 30_000 },
  });

/**
 * Brings the schema up to date. A view that is new gets an empty table; one whose version was raised keeps its table until it has been
 * folded anew beside it. Where the number of partitions has changed, each view goes on from the lowest place of its old ones: what a row
 * holds already is passed over.
 */
export async function migrate(source: DataSource, views: readonly View[], partitions: number, policies: Policies = []): Promise<void> {
  const runner = source.createQueryRunner();
  try {
    // Two processes that start together must not both create the tables.
    await runner.query("select pg_advisory_lock(hashtext('hifadhi schema'))");
    await source.runMigrations({ transaction: "all" });
    const client = (await runner.connect()) as PoolClient;
    const isRelation = ({ row }: View): boolean => tableOf(row).relation !== undefined;
    // What the others are protected by has to be there first.
    const [relations, others] = [views.filter(isRelation), views.filter((view) => !isRelation(view))];
    for (const view of relations) if (!(await hasTable(client, view))) await inTransaction(runner, () => createView(client, view));
    await inTransaction(runner, () => createRelationViews(client, views));
    for (const view of [...relations, ...others]) {
      if (!(await hasTable(client, view))) await inTransaction(runner, () => createView(client, view));
      // A table of another version may lack the columns.
      else if (await isOfVersion(client, view)) {
        await addIndexes(client, view);
        await inTransaction(runner, () => protectRows(client, view));
      }
      await divide(runner, viewName(view), partitions);
    }
    // A policy that is new begins at the start of the log.
    for (const policy of policies)
      await runner.query("insert into projection_checkpoint (name) values ($1) on conflict do nothing", [policyName(policy)]);
  } finally {
    await runner.query("select pg_advisory_unlock(hashtext('hifadhi schema'))");
    await runner.release();
  }
}

interface Lowest {
  readonly commit: string | null;
  readonly prepare: string | null;
  readonly epoch: string;
  readonly applied: string;
  readonly halted: string | null;
  readonly stream: string | null;
  readonly revision: string | null;
}

/** Whoever worked with another number of partitions can write nothing any more. */
async function divide(runner: QueryRunner, name: string, partitions: number): Promise<void> {
  const places = (await runner.query("select count(*)::int as count from projection_checkpoint where name = $1", [name])) as [
    { count: number },
  ];
  if (places[0].count === partitions || places[0].count === 0) return;
  await inTransaction(runner, async () => {
    const [lowest] = (await runner.query(
      `with old as (delete from projection_checkpoint where name = $1 returning *)
       select case when bool_and(commit_position is not null) then min(commit_position) end::text as commit,
         case when bool_and(commit_position is not null) then min(prepare_position) end::text as prepare,
         max(epoch)::text as epoch, sum(applied)::text as applied, max(halted) as halted, max(halted_stream) as stream,
         max(halted_revision)::text as revision from old`,
      [name],
    )) as [Lowest];
    await runner.query(
      `insert into projection_checkpoint (name, partition, epoch, commit_position, prepare_position, applied, halted, halted_stream,
         halted_revision)
       select $1, partition, $2::bigint + 1, $3::numeric, $4::numeric, case partition when 0 then $5::bigint else 0 end, $7::text, $8::text,
         $9::bigint
       from generate_series(0, $6::int - 1) as partition`,
      [name, lowest.epoch, lowest.commit, lowest.prepare, lowest.applied, partitions, lowest.halted, lowest.stream, lowest.revision],
    );
  });
}

async function inTransaction(runner: QueryRunner, work: () => Promise<void>): Promise<void> {
  await runner.startTransaction();
  try {
    await work();
    await runner.commitTransaction();
  } catch (error) {
    await runner.rollbackTransaction();
    throw error;
  }
}
