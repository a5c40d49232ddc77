import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { credentials, type Metadata } from "@grpc/grpc-js";
import { EventStoreDBClient } from "@eventstore/db-client";
import type { EmbeddedPostgres } from "#platform/postgres/embedded-postgres.js";
import { certificate } from "../../event-store/secure.js";
import { appendEvent, appendOptions, rawClient, signedInAs } from "../../event-store/raw.js";
import { percentiles, report } from "../measure.js";
import { bulk } from "./appends.js";
import { event } from "./server.js";

const main = join(import.meta.dirname, "../../../apps/event-store/main.js");
const child = join(import.meta.dirname, "hostile.child.js");

class Attacked {
  readonly rows: Record<string, string | number>[] = [];

  constructor(
    readonly server: ChildProcess,
    readonly address: string,
    readonly certificateFile: string,
    readonly client: EventStoreDBClient,
  ) {}

  raw() {
    return rawClient(this.address, credentials.createSsl(readFileSync(this.certificateFile)));
  }

  get memory(): number {
    return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${this.server.pid}/status`, "utf8"))![1]) / 1_024;
  }

  /** Seconds of processor that the server has had. */
  get worked(): number {
    const fields = readFileSync(`/proc/${this.server.pid}/stat`, "utf8").split(") ")[1]!.split(" ");
    return (Number(fields[11]) + Number(fields[12])) / 100;
  }

  add(what: string, measured: string): void {
    this.rows.push({ what, measured });
    process.stderr.write(`${what}: ${measured}\n`);
  }
}

/** One event by a call of its own; the status, and how long it took in milliseconds. */
const append = (client: ReturnType<typeof rawClient>, metadata: Metadata, stream = "hostile") =>
  new Promise<{ code: number; time: number }>((resolve) => {
    const begun = performance.now();
    const call = client.append(metadata, { deadline: Date.now() + 120_000 }, (error: { code: number } | null) =>
      resolve({ code: error?.code ?? 0, time: performance.now() - begun }),
    );
    call.on("error", () => undefined);
    call.write(appendOptions(stream));
    call.write(appendEvent());
    call.end();
  });

/** Appends of somebody else, one after another, for as long as `work` takes. */
async function meanwhile(client: EventStoreDBClient, work: () => Promise<unknown>): Promise<string> {
  const times: number[] = [];
  let failed = 0;
  const over = new AbortController();
  const done = work().finally(() => over.abort());
  while (!over.signal.aborted) {
    const begun = performance.now();
    await client.appendToStream("others", event()).catch(() => failed++);
    times.push(performance.now() - begun);
  }
  await done;
  const { p50, p99 } = percentiles(times);
  return `${times.length} appends, ${failed} failed, p50 ${p50} ms, p99 ${p99} ms, slowest ${Math.max(...times).toFixed(0)} ms`;
}

const outcome = (answers: readonly { code: number; time: number }[]): string => {
  const counts = Map.groupBy(answers, ({ code }) => code);
  const told = [...counts].map(([code, each]) => `${each.length} with status ${code}`).join(", ");
  return `${told}; slowest ${Math.max(...answers.map(({ time }) => time)).toFixed(0)} ms`;
};

async function passwords(attacked: Attacked): Promise<void> {
  const clients = Array.from({ length: 50 }, () => attacked.raw());
  attacked.add(
    "50 first calls with the right password at once",
    outcome(await Promise.all(clients.map((each) => append(each, signedInAs("ops", "changeit"))))),
  );
  attacked.add("nobody attacks", await meanwhile(attacked.client, () => pause(5_000)));
  const wrong = () =>
    Promise.all(Array.from({ length: 400 }, (_, index) => append(clients[index % 50]!, signedInAs("admin", `wrong ${index}`))));
  let answers: { code: number; time: number }[] = [];
  attacked.add("400 wrong passwords at once: the others", await meanwhile(attacked.client, async () => (answers = await wrong())));
  attacked.add("400 wrong passwords at once: their answers", outcome(answers));
  for (const each of clients) each.close();
}

async function unsigned(attacked: Attacked): Promise<void> {
  const [client, before] = [attacked.raw(), attacked.memory];
  let peak = before;
  const watch = setInterval(() => (peak = Math.max(peak, attacked.memory)), 50);
  const call = client.append(() => undefined);
  call.on("error", () => undefined);
  call.write(appendOptions("hostile"));
  for (let count = 0; count < 60; count++) call.write(appendEvent({ metadata: 12 * 1_024 * 1_024 }));
  await pause(10_000);
  clearInterval(watch);
  attacked.add("memory taken by one call that has not signed in, 720 MB of metadata", `${(peak - before).toFixed(0)} MB`);
  call.cancel();
  client.close();
}

async function followers(attacked: Attacked): Promise<void> {
  await bulk(attacked.client, "filled", 20_000);
  const before = attacked.memory;
  const follower = fork(child, [attacked.address, attacked.certificateFile, "500"]);
  const begun = once(follower, "message");
  attacked.add(
    "500 subscriptions from the start of 20,000 events: the others",
    await meanwhile(attacked.client, async () => (await begun, pause(20_000))),
  );
  follower.kill("SIGSTOP");
  for (let count = 0; count < 2_000; count++) await attacked.client.appendToStream("others", event()).catch(() => undefined);
  await pause(60_000);
  const worked = attacked.worked;
  await pause(10_000);
  const share = (attacked.worked - worked) * 10;
  attacked.add(
    "a minute after their client stood still",
    `${(attacked.memory - before).toFixed(0)} MB held, ${share.toFixed(1)} % of a core`,
  );
  follower.kill("SIGKILL");
}

/** The embedded event store under clients that mean it no good, beside one that does. */
export async function eventStoreHostile(postgres: EmbeddedPostgres): Promise<void> {
  const { certificateFile, keyFile } = await certificate();
  const env = { ...process.env, DATABASE_URL: await postgres.ensureDatabase("bench_hostile") };
  const given = ["--port", "0", "--host", "localhost", "--tls-certificate", certificateFile, "--tls-key", keyFile];
  const server = fork(main, given, { env, execArgv: ["--max-semi-space-size=16"], stdio: ["ignore", "ignore", "inherit", "ipc"] });
  const [{ ready }] = (await once(server, "message")) as [{ ready: string }];
  const address = new URL(ready).host;
  const client = EventStoreDBClient.connectionString(
    `esdb://admin:changeit@${address}?tls=true&tlsCAFile=${encodeURIComponent(certificateFile)}`,
  );
  const attacked = new Attacked(server, address, certificateFile, client);
  await passwords(attacked);
  await unsigned(attacked);
  await followers(attacked);
  report("event-store-hostile", attacked.rows, {});
  await client.dispose();
  server.kill("SIGTERM");
  await once(server, "exit");
}
