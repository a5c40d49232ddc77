import { fork, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import autocannon from "autocannon";
import { Client } from "pg";
import { keyFromFile } from "#seal/key-encryption-key.js";
import { openSeal } from "#seal/seal.js";
import { Changes } from "#store/changes.js";
import { EventLog } from "#store/event-log.js";
import { System } from "../../support/system.js";
import { median, percentiles, report, type Rate } from "../measure.js";
import { kinds, questions } from "./questions.js";
import { seed } from "./seed.js";

const inFlight = 32;
const rounds = 3;
/** So many that a turn takes some seconds. */
const counts: Readonly<Record<string, number>> = {
  "cases of a team": 2_000,
  "cases of an organisation": 600,
  "case file": 4_000,
  "case file, disclosed": 1_000,
  "case with five links": 1_500,
  "shelter occupancy": 1_000,
};
const usualCount = 400;
const ways = ["bare SQL", "REST", "GraphQL"] as const;
type Way = (typeof ways)[number];
type Figure = "p50" | "p99";

/** A system with so many cases, and a process that asks its Postgres directly. */
interface Filled {
  readonly cases: number;
  readonly system: System;
  readonly bare: ChildProcess;
}

/**
 * The same questions to the api and to Postgres itself, of few cases and of many, all in turns: what slows the machine slows them alike.
 * `bench -- queries 10000 200000 "list of"`: so many cases, and only questions of which that is a part of the name.
 */
export async function queries(): Promise<void> {
  const [few = "10000", many = "200000", named = ""] = process.argv.slice(3);
  const asked = kinds.filter((kind) => kind.includes(named));
  const filled: Filled[] = [];
  const taken = new Map<string, Rate>();
  try {
    for (const cases of [few, many].map(Number)) filled.push(await fillSystem(cases));
    for (const kind of asked) await measure(filled, kind, taken);
  } finally {
    for (const { bare, system } of filled) {
      bare.kill();
      await system.stop();
    }
  }
  const rows = [...taken].map(([what, figures]) => ({ what, ...figures }));
  report("queries", rows, ratios(taken, asked, Number(few), Number(many)));
}

async function fillSystem(cases: number): Promise<Filled> {
  const system = await new System().start();
  const { DATABASE_URL, KEYRING_URL, KEY_FILE, EVENTSTORE_URL } = system.environment as Record<string, string>;
  const client = new Client({ connectionString: DATABASE_URL! });
  await client.connect();
  const seal = await openSeal({ keyringUrl: KEYRING_URL!, key: await keyFromFile(KEY_FILE!) });
  await client.query("create table bench_disclosure (id uuid primary key, case_id uuid, disclosure jsonb)");
  // The tables are filled by hand: nothing is to fold over them.
  await system.killProjector();
  const log = new EventLog(EVENTSTORE_URL!);
  await seed(client, seal, new Changes(log, seal), cases);
  await Promise.all([client.end(), seal.close(), log.close()]);
  const bare = fork(new URL("bare.child.js", import.meta.url), [DATABASE_URL!], { execArgv: [] });
  await once(bare, "message");
  return { cases, system, bare };
}

const nameOf = (kind: string, way: Way, cases: number): string => `${kind}, ${way}, ${cases} cases`;

async function measure(filled: readonly Filled[], kind: string, taken: Map<string, Rate>): Promise<void> {
  const count = counts[kind] ?? usualCount;
  const runs = filled.flatMap((each) => ways.map((way) => ({ ...each, way, rates: [] as Rate[] })));
  const ask = ({ system, bare, cases, way }: (typeof runs)[number], often: number): Promise<Rate> =>
    way === "bare SQL" ? askBare(bare, kind, cases, often) : byHttp(system, kind, cases, way, often);
  for (const run of runs) await ask(run, count / 2);
  for (let round = 0; round < rounds; round++) for (const run of runs) run.rates.push(await ask(run, count));
  for (const { way, cases, rates } of runs) {
    const of = (figure: keyof Rate) => median(rates.map((each) => each[figure]));
    const figures = { perSecond: of("perSecond"), p50: of("p50"), p99: of("p99") };
    taken.set(nameOf(kind, way, cases), figures);
    process.stderr.write(`${nameOf(kind, way, cases)}: ${JSON.stringify(figures)}\n`);
  }
}

async function askBare(bare: ChildProcess, kind: string, cases: number, count: number): Promise<Rate> {
  bare.send({ kind, cases, count, inFlight });
  return ((await once(bare, "message")) as [Rate])[0];
}

/** Every answer must be 200 and, by GraphQL, without errors. */
async function byHttp(system: System, kind: string, cases: number, way: Way, count: number): Promise<Rate> {
  const { who } = questions[kind]!(cases);
  const headers = { authorization: `Bearer ${await system.token(who)}`, "content-type": "application/json" };
  const setupRequest = (request: autocannon.Request): autocannon.Request => {
    const { path, query, variables } = questions[kind]!(cases);
    if (way === "REST") return { ...request, method: "GET", path, headers };
    return { ...request, method: "POST", path: "/graphql", headers, body: JSON.stringify({ query, variables }) };
  };
  const times: number[] = [];
  const failed: number[] = [];
  const begun = performance.now();
  let ended = begun;
  const verifyBody = (body: unknown) => !String(body).includes('"errors":');
  const asked = { url: system.base, connections: inFlight, amount: count, requests: [{ setupRequest }], timeout: 60, verifyBody };
  const run = autocannon(asked, () => {});
  run.on("response", (_client, status, _bytes, time) => {
    times.push(time);
    ended = performance.now();
    if (status !== 200) failed.push(status);
  });
  const [{ mismatches }] = (await once(run, "done")) as [autocannon.Result];
  if (failed.length > 0 || mismatches > 0 || times.length !== count)
    throw new Error(`${kind} by ${way}: ${times.length} of ${count} answered, ${failed.length + mismatches} wrongly (${failed[0] ?? 200})`);
  return { perSecond: Math.round(count / ((ended - begun) / 1_000)), ...percentiles(times) };
}

/** What the api adds to Postgres, and what growth adds to both. */
function ratios(taken: ReadonlyMap<string, Rate>, asked: readonly string[], few: number, many: number): Record<string, number> {
  const of = (kind: string, way: Way, cases: number, figure: Figure) => taken.get(nameOf(kind, way, cases))![figure];
  const told: Record<string, number> = {};
  for (const kind of asked)
    for (const way of ["REST", "GraphQL"] as const)
      for (const figure of ["p50", "p99"] as const) {
        for (const cases of [few, many])
          told[`${figure} of ${kind}, ${cases} cases, ${way} / bare SQL`] =
            of(kind, way, cases, figure) / of(kind, "bare SQL", cases, figure);
        told[`${figure} of ${kind}, ${way}, ${many} / ${few} cases`] = of(kind, way, many, figure) / of(kind, way, few, figure);
      }
  return told;
}
