import { fork } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { SingleBar } from "cli-progress";
import { Client } from "pg";
import type { EmbeddedPostgres } from "#platform/postgres/embedded-postgres.js";
import { readerRole } from "#projection/declare/reader-role.js";
import { startServer } from "../event-store/server.js";
import { median, report } from "../measure.js";
import { factsOfCase, tellCases } from "./caseload.js";
import { processorOf, processorOfFamily } from "./processes.js";
import { version } from "./emmett.js";
import { markerOf, newKey } from "./marker.js";
import type { Done } from "./works.js";

const rounds = 3;

interface Taken extends Done {
  readonly facts: number;
  readonly perSecond: number;
  /** The most memory it held, MB. */
  readonly memory: number;
  /** The same when half of its time was over. */
  readonly halfway: number;
  /** Seconds of processor time. */
  readonly own: number;
  readonly store: number;
  readonly postgres: number;
}

/**
 * Reading a log beside folding it: all views anew, all views live from nothing, each row saved by TypeORM, and the case list by a peer.
 * `bench -- projections 20000`: so many cases, some 50 facts each; memory is also taken at a tenth of that.
 */
export async function projections(postgres: EmbeddedPostgres): Promise<void> {
  const cases = Number(process.argv[3] ?? 20_000);
  const server = await startServer({ databaseUrl: await postgres.ensureDatabase("bench_events") });
  const postmaster = await postmasterOf(postgres.urlOf("postgres"));
  let databases = 0;

  let whole = 0;

  const key = newKey();
  const take = async (work: string, verified = false): Promise<Taken> => {
    const url = await postgres.ensureDatabase(`bench_views_${databases++}`, readerRole);
    const env = { ...process.env, EVENTSTORE_URL: server.url, DATABASE_URL: url, MARK_KEY: key };
    const before = { store: processorOf(server.pid), postgres: processorOfFamily(postmaster) };
    // As docker-compose.yml starts the projector.
    const execArgv = [
      "--max-semi-space-size=16",
      "--max-old-space-size=256",
      ...(process.env["BENCH_NODE_FLAGS"] ?? "").split(" ").filter(Boolean),
    ];
    const child = fork(join(import.meta.dirname, "work.child.js"), [work, verified ? "verified" : ""], {
      env,
      execArgv,
      stdio: ["ignore", "inherit", "inherit", "ipc"],
    });
    const peaks: number[] = [];
    const look = setInterval(() => peaks.push(peakOf(child.pid!)), 100);
    const [done] = (await once(child, "message")) as [Done];
    clearInterval(look);
    const memory = peakOf(child.pid!);
    const halfway = peaks[peaks.length >> 1] ?? memory;
    const own = processorOf(child.pid!);
    child.send("enough");
    await once(child, "exit");
    const after = { store: processorOf(server.pid), postgres: processorOfFamily(postmaster) };
    const facts = done.facts ?? whole;
    const perSecond = Math.round(facts / done.seconds);
    return {
      ...done,
      facts,
      perSecond,
      memory,
      halfway,
      own,
      store: after.store - before.store,
      postgres: after.postgres - before.postgres,
    };
  };

  await fill(server.url, key, cases / 10);
  const round = async () => {
    const drain = await take("drain");
    whole = drain.facts;
    const drainFollowed = await take("drainFollowed");
    const [foldAnew, foldUnverified] = [await take("foldAnew", true), await take("foldAnew")];
    const [followLive, followUnverified] = [await take("followLive", true), await take("followLive")];
    return { drain, drainFollowed, foldAnew, foldUnverified, followLive, followUnverified, drainAgain: await take("drain") };
  };
  const small = await round();
  await fill(server.url, key, (cases / 10) * 9);
  const large: Awaited<ReturnType<typeof round>>[] = [];
  for (let done = 0; done < rounds; done++) large.push(await round());
  const [saveEach, emmett] = [await take("saveEach"), await take("emmett")];
  await server.stop();

  const middleOf = (taken: readonly Taken[]): Taken => taken.toSorted(byRate)[Math.floor(taken.length / 2)]!;
  const middle = (work: "drainFollowed" | "foldAnew" | "foldUnverified" | "followLive" | "followUnverified") =>
    middleOf(large.map((each) => each[work]));
  const row = (what: string, { facts, perSecond, memory, own, store, postgres: database }: Taken) => ({
    what,
    facts,
    "facts a second": perSecond,
    "MB at most": memory,
    "processor seconds": `own ${own.toFixed(1)}, store ${store.toFixed(1)}, Postgres ${database.toFixed(1)}`,
  });
  const rows = [
    row("drain: readAll, no work", middleOf(large.flatMap(({ drain, drainAgain }) => [drain, drainAgain]))),
    row("the same, but only what views follow is sent", middle("drainFollowed")),
    row("all views anew, verified", middle("foldAnew")),
    row("all views live, from nothing", middle("followLive")),
    row("anew, facts not verified", middle("foldUnverified")),
    row("live, facts not verified", middle("followUnverified")),
    row("drain, a tenth of the log", small.drain),
    row("all views anew, a tenth of the log", small.foldAnew),
    row("all views live, a tenth of the log", small.followLive),
    row("all views, one TypeORM save() a row", saveEach),
    row(`the case list, emmett-postgresql ${version}`, emmett),
  ];
  // A shared machine is faster in one minute than in the next: what is compared is drained before and after.
  const drained = ({ drain, drainAgain }: (typeof large)[number]) => (drain.perSecond + drainAgain.perSecond) / 2;
  const ratio = (one: "foldAnew" | "followLive") => median(large.map((each) => each[one].perSecond / drained(each)));
  report("projections", rows, {
    "anew / drain": ratio("foldAnew"),
    "live / drain": ratio("followLive"),
    "live / live, facts not verified": median(large.map((each) => each.followLive.perSecond / each.followUnverified.perSecond)),
    "anew / anew, facts not verified": median(large.map((each) => each.foldAnew.perSecond / each.foldUnverified.perSecond)),
    "anew / drain of what views follow": median(large.map(({ foldAnew, drainFollowed }) => foldAnew.perSecond / drainFollowed.perSecond)),
    "anew / TypeORM save()": middle("foldAnew").perSecond / saveEach.perSecond,
    "anew / emmett": middle("foldAnew").perSecond / emmett.perSecond,
    "live / emmett": middle("followLive").perSecond / emmett.perSecond,
    "memory anew, whole log / a tenth": middle("foldAnew").memory / small.foldAnew.memory,
    "memory live, whole log / a tenth": middle("followLive").memory / small.followLive.memory,
    "memory anew, whole log / its first half": middle("foldAnew").memory / middle("foldAnew").halfway,
    "memory live, whole log / its first half": middle("followLive").memory / middle("followLive").halfway,
    ...Object.fromEntries(Object.entries(middle("foldAnew").stages ?? {}).map(([stage, seconds]) => [`seconds of ${stage}`, seconds])),
  });
}

const byRate = (one: Taken, other: Taken): number => one.perSecond - other.perSecond;

/** The most memory that a process has held so far, MB. */
const peakOf = (pid: number): number => Math.round(Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))![1]) / 1_024);

async function fill(url: string, key: string, cases: number): Promise<void> {
  const bar = new SingleBar({ format: "{bar} {percentage}% | {value} of {total} facts told | {eta_formatted}" });
  bar.start(cases * factsOfCase, 0);
  await tellCases(url, markerOf(key), cases, (facts) => bar.update(facts));
  bar.stop();
}

/** The process that all of Postgres's processes come from. */
async function postmasterOf(url: string): Promise<number> {
  const client = new Client({ connectionString: url });
  await client.connect();
  const { rows } = await client.query<{ data_directory: string }>("show data_directory");
  await client.end();
  return Number(readFileSync(join(rows[0]!.data_directory, "postmaster.pid"), "utf8").split("\n")[0]);
}
