import { BACKWARDS, END } from "@eventstore/db-client";
import { SingleBar } from "cli-progress";
import { Pool } from "pg";
import type { EmbeddedPostgres } from "#platform/postgres/embedded-postgres.js";
import { statsOf } from "../../../apps/event-store/storage/stats.js";
import { median, rate, report } from "../measure.js";
import { event, type Server, startServer } from "./server.js";

const million = 1_000_000;
const perStream = 50;
const rounds = 5;

/** Appends and reads of a stream's last event in a store of many events beside an empty one, in turns; and what its indexes cost. */
export async function eventStoreSize(postgres: EmbeddedPostgres): Promise<void> {
  const count = Number(process.argv[3] ?? 10) * million;
  const [emptyUrl, fullUrl] = [await postgres.ensureDatabase("bench_empty"), await postgres.ensureDatabase("bench_full")];
  await (await startServer({ databaseUrl: fullUrl })).stop();
  const pool = new Pool({ connectionString: fullUrl });
  await fill(pool, count);
  const { sizes } = await statsOf(pool);
  await pool.end();
  const [empty, full] = [await startServer({ databaseUrl: emptyUrl }), await startServer({ databaseUrl: fullUrl })];
  const streams = Array.from({ length: 500 }, (_, index) => `filled-${Math.floor((count / perStream / 500) * index)}`);
  for (const stream of streams) await empty.client.appendToStream(stream, event());
  const works = { "append, one after another": appends, "append, 64 in flight": appends64, "last event of a stream": lastEvents };
  const rows: Record<string, string | number>[] = [];
  const ratios: Record<string, number> = {};
  for (const [what, work] of Object.entries(works)) {
    const taken: { empty: number; full: number }[] = [];
    for (let round = 0; round < rounds; round++) taken.push({ empty: await work(empty, streams), full: await work(full, streams) });
    const [of, beside] = [median(taken.map((each) => each.full)), median(taken.map((each) => each.empty))];
    rows.push({ what, empty: `${beside} /s`, full: `${of} /s` });
    ratios[`${what}: time with ${count / million} million events / time with none`] = median(taken.map((each) => each.empty / each.full));
  }
  for (const { name, kind, bytes, perEvent } of sizes.slice(0, 5))
    rows.push({ what: `${kind} ${name}`, empty: "", full: `${Math.round(bytes / 1_048_576)} MB, ${perEvent} bytes an event` });
  report("event-store-size", rows, ratios);
  await Promise.all([empty.stop(), full.stop()]);
}

const appends = async ({ client }: Server, streams: readonly string[]) =>
  (await rate(1_000, 1, (index) => client.appendToStream(streams[index % streams.length]!, event()))).perSecond;
const appends64 = async ({ client }: Server, streams: readonly string[]) =>
  (await rate(6_000, 64, (index) => client.appendToStream(streams[index % streams.length]!, event()))).perSecond;
const lastEvents = async ({ client }: Server, streams: readonly string[]) =>
  (
    await rate(2_000, 8, async (index) => {
      for await (const _ of client.readStream(streams[index % streams.length]!, { direction: BACKWARDS, fromRevision: END, maxCount: 1 }));
    })
  ).perSecond;

/** Written past the store, as it would have written them; each event about 330 bytes. */
async function fill(pool: Pool, count: number): Promise<void> {
  const bar = new SingleBar({ format: "{bar} {percentage}% | {value} of {total} events | {eta_formatted}" });
  bar.start(count, 0);
  await pool.query(
    "insert into stream (id, name) select 1000 + number, convert_to('filled-' || number, 'UTF8') from generate_series(0, $1::bigint - 1) as number",
    [count / perStream],
  );
  for (let done = 0; done < count; done += million / 4) {
    await pool.query(
      `insert into event (position, stream, revision, id, type, json, created, data, metadata)
       select 1000 + n, 1000 + n % $3, n / $3, gen_random_uuid(), 'Bench', true, 17000000000000000,
         convert_to('{"filler":"' || repeat('x', 220) || '"}', 'UTF8'), convert_to('{"filler":"' || repeat('x', 70) || '"}', 'UTF8')
       from generate_series($1::bigint, $2::bigint) as n`,
      [done, done + million / 4 - 1, count / perStream],
    );
    bar.update(done + million / 4);
  }
  bar.stop();
  await pool.query("vacuum (analyze) event, stream");
}
