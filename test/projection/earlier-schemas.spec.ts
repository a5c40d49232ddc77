import "reflect-metadata";
import { openPool } from "#platform/postgres/postgres.js";
import { listParked, replayParked } from "#projection/park/dead-letters.js";
import type { Policy } from "#projection/declare/policy.js";
import { runPolicies } from "#projection/run/policy-runner.js";
import { PostgresPolicyStore } from "#projection/run/policy-store.js";
import { PostgresStore } from "#projection/run/postgres-store.js";
import { bringUp } from "#projection/rebuild/bring-up.js";
import { listRefusals, statusOf } from "#projection/watch/status.js";
import { viewName, type View } from "#projection/declare/view.js";
import { Changes, type Sealer } from "#store/changes.js";
import type { Position } from "#store/stored.js";
import { policiesOf, unspeakable, views } from "../simulation/world.js";
import { createDatabase } from "../support/postgres.js";
import { eventually } from "../support/processes.js";
import { idOf, Stories, storyStream } from "../support/stories.js";

// The tables as they were shipped, told in their own SQL: never to be changed, whatever becomes of today's.
const migrations = (...names: string[]) => `
  create table schema_migration (id serial primary key, "timestamp" bigint not null, name varchar not null);
  insert into schema_migration ("timestamp", name) values ${names.map((name) => `(${name.slice(-13)}, '${name}')`).join(", ")};`;
const refusals = `
  create table policy_refusal (
    command_id uuid primary key, policy text not null, fact_id uuid not null, code text not null, refused_at timestamptz not null default now());
  insert into policy_refusal (command_id, policy, fact_id, code) values (gen_random_uuid(), 'hears', gen_random_uuid(), 'NotHeard');`;
const first = `${migrations("ProjectionTables1700000000000")} ${refusals}
  create table projection_checkpoint (
    name text primary key, commit_position numeric(20), prepare_position numeric(20),
    applied bigint not null default 0, updated_at timestamptz not null default now()) with (fillfactor = 50);
  create table story (id text primary key, story text not null, position numeric(20) not null);`;
const names = ["ProjectionTables1700000000000", "Partitions1700000000001", "Rebuilding1700000000002", "Spans1700000000003"];
const checkpoints = (schema: string) => `
  create table ${schema}.projection_checkpoint (
    name text not null, commit_position numeric(20), prepare_position numeric(20), applied bigint not null default 0,
    updated_at timestamptz not null default now(), partition int not null default 0, epoch bigint not null default 0, halted text,
    constraint projection_checkpoint_pkey primary key (name, partition)) with (fillfactor = 50);
  create table ${schema}.projection_dead_letter (
    view text, stream text, revision bigint, fact_id uuid not null, type text not null, commit_position numeric(20) not null,
    prepare_position numeric(20) not null, key text, error text, parked_at timestamptz not null default now(),
    primary key (view, stream, revision));
  create table ${schema}.projection_rebuild (name text primary key, rows bigint not null, checksum text not null, verified_at timestamptz);`;
const second = `${migrations(...names)} ${refusals}
  create schema rebuilt; create schema previous; ${["public", "rebuilt", "previous"].map(checkpoints).join("")}
  create table policy_checkpoint (
    name text primary key, commit_position numeric(20), prepare_position numeric(20), applied bigint not null default 0,
    updated_at timestamptz default now());
  create table projection_task (
    id uuid primary key, kind text not null, views text[] not null, options jsonb not null, state text not null, asked_by text not null,
    stage text, position numeric(20), head numeric(20), result jsonb, error text,
    asked_at timestamptz not null default now(), updated_at timestamptz not null default now());
  create index on projection_task (asked_at);
  create unique index on projection_task (kind) where state in ('asked', 'running', 'stopping');
  create extension if not exists btree_gist;
  create table parking_story (id text primary key, story text not null, position numeric(20) not null, stale_since bigint)
    with (fillfactor = 70, toast_tuple_target = 8160);`;

const [storyView, parkingView] = views as readonly [View, View];
const raised = { ...storyView, version: 2 } as View;
const policies = policiesOf(false) as readonly Policy<any>[];
const here = new Stories(2);
const { tell, told, run } = here;
const unsealed: Sealer = { seal: async () => ({}), fingerprint: async (value) => JSON.stringify(value), mark: (text) => text };

/** A database as an older program left it. */
async function left(schema: string): Promise<void> {
  await here.pool.end();
  here.url = await createDatabase();
  here.pool = openPool(here.url);
  await here.pool.query(schema);
}
const at = ({ commit, prepare }: Position) => [commit.toString(), prepare.toString()];
const heardOf = async (stream: string): Promise<string> => {
  const words: string[] = [];
  for await (const { data } of here.log.readStream(`echo-${idOf(stream)}`)) words.push((data as { word: string }).word);
  return words.join("");
};
function startPolicies() {
  const stop = new AbortController();
  const observer = { applied: () => undefined, interrupted: () => undefined };
  const [store, changes] = [new PostgresPolicyStore(here.pool), new Changes(here.log, unsealed)];
  const running = runPolicies({ log: here.log, changes, store, policies, observer }, stop.signal);
  return { stop: () => (stop.abort(), running) };
}

test("a database of the first version is gone on with: policies ask for nothing anew, and views are told whole", async () => {
  const one = storyStream();
  const position = await tell(one, "a");
  await left(first);
  await here.pool.query(
    "insert into projection_checkpoint (name, commit_position, prepare_position, applied) values ('story 1', $1, $2, 1), ('policy hears', $1, $2, 1)",
    at(position),
  );
  await here.pool.query("insert into story (id, story, position) values ($1, 'a', $2)", [idOf(one), position.commit.toString()]);
  await tell(one, "b");

  await here.prepare([raised], 2, policies);
  expect(await bringUp(here.log, here.url, [raised])).toEqual([viewName(raised)]);
  await here.prepare([raised], 2);
  const [following, asking] = [run([raised]), startPolicies()];
  await eventually("the policy goes on", async () => (await heardOf(one)) === "b");
  await tell(one, "c");
  await eventually("so does the view", async () => (await told(raised, one))[0]?.story === "abc");
  await eventually("and the policy", async () => (await heardOf(one)) === "bc");
  expect(await listRefusals(here.pool)).toMatchObject([{ policy: "hears", code: "NotHeard", stream: null, revision: null }]);
  await Promise.all([following.stop(), asking.stop()]);
});

test("a database of the version before policies were parked is gone on with: what waits goes on to wait, what stands still to stand still", async () => {
  const one = storyStream();
  const position = await tell(one, "a", unspeakable, "b");
  await left(second);
  await here.pool.query(
    "insert into policy_checkpoint (name, commit_position, prepare_position) values ('policy hears', $1, $2)",
    at(position),
  );
  await here.pool.query(
    `insert into projection_checkpoint (name, partition, commit_position, prepare_position, halted)
     select 'parking_story 1', partition, $1, $2, 'paused' from generate_series(0, 1) as partition`,
    at(position),
  );
  await here.pool.query("insert into parking_story values ($1, 'a', 1, 1)", [idOf(one)]);
  for (const [revision, error] of [
    [1, "Error"],
    [2, null],
  ])
    await here.pool.query(
      `insert into projection_dead_letter (view, stream, revision, fact_id, type, commit_position, prepare_position, key, error)
       values ('parking_story 1', $1, $2, gen_random_uuid(), 'Told', $3, $4, $5, $6)`,
      [one, revision, ...at(position), idOf(one), error],
    );

  await here.prepare([parkingView], 2, policies);
  expect(await bringUp(here.log, here.url, [parkingView])).toEqual([]);
  expect(await listParked(here.pool)).toMatchObject([
    { view: "parking_story 1", stream: one, facts: 2, firstRevision: "1", error: "Error" },
  ]);
  expect((await statusOf(here.log, here.pool, [parkingView]))[0]).toMatchObject({ halted: "paused", parkedStreams: 1, staleRows: 1 });
  await here.pool.query("update projection_checkpoint set halted = null");
  const mended = { ...parkingView, project: storyView.project } as View;
  expect(await replayParked(here.log, new PostgresStore(here.pool, [mended], 2), mended, one)).toBe(2);
  const [following, asking] = [run([mended]), startPolicies()];
  await tell(one, "c");
  await eventually("it goes on", async () => (await told(mended, one))[0]?.story === "axbc");
  await eventually("and the policy", async () => (await heardOf(one)) === "c");
  await Promise.all([following.stop(), asking.stop()]);
});
