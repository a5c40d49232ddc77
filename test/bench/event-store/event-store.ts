import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { EmbeddedPostgres } from "#platform/postgres/embedded-postgres.js";
import { median, type Rate, report } from "../measure.js";
import { bulk, latency, singles } from "./appends.js";
import { Commits } from "./commits.js";
import { acknowledge, catchUp, drain, lastEvents, subscribe } from "./reads.js";
import { type Server, startServer } from "./server.js";

const rounds = 3;

/** More than one client may have. */
const manyFollowers = ["callsPerConnection", "subscriptionsPerConnection", "subscriptionsPerUser"].map((name) => `${name}=20000`);

interface Row {
  readonly what: string;
  readonly measured: string;
  readonly p50: number | string;
  readonly p99: number | string;
  /** Recorded of EventStoreDB 23.10.8 on two shared cores of another day. */
  readonly recorded: string;
}

/** The embedded event store beside raw commits on the same Postgres, in turns. */
export async function eventStore(postgres: EmbeddedPostgres): Promise<void> {
  const rows: Row[] = [];
  const ratios: Record<string, number> = {};
  const databaseUrl = await postgres.ensureDatabase("bench_events");
  const first = await startServer({ databaseUrl });
  await appends(first, await postgres.ensureDatabase("bench_commits"), rows, ratios);
  await reads(first, rows);
  await live(first, rows);
  await first.stop();
  await footprint(databaseUrl, await postgres.ensureDatabase("bench_memory"), rows);
  report("event-store", rows as never, ratios);
}

async function appends({ client }: Server, commitsUrl: string, rows: Row[], ratios: Record<string, number>): Promise<void> {
  const commits = new Commits(commitsUrl);
  await commits.prepare();
  await singles(client, 3_000, 64);
  await commits.ordered(500, 64);
  const turns = [
    { name: "appends, one after another", work: () => singles(client, 1_500, 1), recorded: "348 to 731 /s" },
    { name: "commits, one after another", work: () => commits.plain(1_500, 1), recorded: "" },
    { name: "appends, 64 in flight", work: () => singles(client, 12_000, 64), recorded: "3,090 to 4,540 /s" },
    { name: "one transaction an append, 64 connections", work: () => commits.ordered(1_500, 64), recorded: "" },
    { name: "commits unchecked and unordered, 64 connections", work: () => commits.plain(6_000, 64), recorded: "" },
  ];
  const taken = new Map<string, Rate[]>(turns.map(({ name }) => [name, []]));
  for (let round = 0; round < rounds; round++) for (const { name, work } of turns) taken.get(name)!.push(await work());
  const of = (name: string, figure: keyof Rate) => median(taken.get(name)!.map((each) => each[figure]));
  for (const { name, recorded } of turns)
    rows.push({ what: name, measured: `${of(name, "perSecond")} /s`, p50: of(name, "p50"), p99: of(name, "p99"), recorded });
  const [alone, aloneRaw, many, transactions, plain] = turns.map(({ name }) => taken.get(name)!);
  const ratio = (one: Rate[], other: Rate[]) => median(one.map(({ perSecond }, round) => perSecond / other[round]!.perSecond));
  ratios["append / commit, one after another"] = ratio(alone!, aloneRaw!);
  ratios["64 in flight / one transaction an append"] = ratio(many!, transactions!);
  ratios["64 in flight / commits unchecked and unordered"] = ratio(many!, plain!);
  await commits.close();
}

async function reads({ client }: Server, rows: Row[]): Promise<void> {
  const add = (what: string, perSecond: number[], recorded: string) =>
    rows.push({ what, measured: `${median(perSecond)} /s`, p50: "", p99: "", recorded });
  const three = async (work: (round: number) => Promise<number>) => {
    const taken: number[] = [];
    for (let round = 0; round < rounds; round++) taken.push(await work(round));
    return taken;
  };
  add("events, 500 a call", await three((round) => bulk(client, `bulk-${round}`, round === 0 ? 100_000 : 50_000)), "19,400 to 19,700 /s");
  add("readStream of 100,000", await three(() => drain(client.readStream("bulk-0"))), "19,700 to 21,000 /s");
  add("readAll", await three(() => drain(client.readAll({ maxCount: 200_000 }))), "18,800 to 21,000 /s");
  add("$all with a prefix, until caught up", await three(() => catchUp(client, "bulk-")), "21,900 to 23,300 /s");
  for (const bufferSize of [10, 100])
    add(
      `acknowledged by a group's reader, ${bufferSize} at a time`,
      await three(() => acknowledge(client, "bulk-0", 20_000, bufferSize)),
      "4,700 to 6,800 /s",
    );
  const { perSecond, p50, p99 } = await lastEvents(client, 4_000);
  rows.push({ what: "last event of a stream", measured: `${perSecond} /s`, p50, p99, recorded: "810 to 820 /s" });
}

async function live({ client }: Server, rows: Row[]): Promise<void> {
  await latency(client, 1_000, 2_000);
  const { p50, p99 } = await latency(client, 1_000, 10_000);
  rows.push({ what: "from append to subscriber, 1,000 /s", measured: "", p50, p99, recorded: "dropped at 500 /s" });
}

/** What a server takes to start, and to hold. */
async function footprint(usedUrl: string, freshUrl: string, rows: Row[]): Promise<void> {
  const add = (what: string, measured: string, recorded: string) => rows.push({ what, measured, p50: "", p99: "", recorded });
  const starts: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const server = await startServer({ databaseUrl: usedUrl });
    starts.push(server.startedIn);
    await server.stop();
  }
  add("start to ready, with a full log", `${median(starts).toFixed(2)} s`, "2.1 to 2.7 s");
  const directory = mkdtempSync(join(tmpdir(), "hifadhi-bench-"));
  const own: number[] = [];
  for (let round = 0; round < rounds + 1; round++) {
    const server = await startServer({ directory });
    own.push(server.startedIn);
    await server.stop();
  }
  rmSync(directory, { recursive: true, force: true });
  add("start to ready, empty, its Postgres included", `${median(own.slice(1)).toFixed(2)} s`, "2.1 to 2.7 s");
  const server = await startServer({ databaseUrl: freshUrl });
  await singles(server.client, 20_000, 64);
  await bulk(server.client, "bulk-0", 80_000);
  add("memory after 100,000 events", `${server.memory().toFixed(0)} MB`, "530 MB");
  await drain(server.client.readStream("bulk-0"));
  add("memory after they are read", `${server.memory().toFixed(0)} MB`, "");
  await server.stop();
  const idle = await startServer({ databaseUrl: freshUrl }, manyFollowers);
  const before = idle.memory();
  const end = await subscribe(idle.client, 10_000);
  add("memory of 10,000 idle subscriptions", `${(idle.memory() - before).toFixed(0)} MB`, "");
  await end();
  await idle.stop();
}
