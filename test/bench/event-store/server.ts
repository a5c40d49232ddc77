import { type ChildProcess, fork } from "node:child_process";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type EventData, EventStoreDBClient, jsonEvent } from "@eventstore/db-client";

const main = join(import.meta.dirname, "../../../apps/event-store/main.js");

/** The event store in a process of its own, with a client of it. */
export interface Server {
  readonly client: EventStoreDBClient;
  readonly url: string;
  readonly pid: number;
  /** Seconds from the start of the process until it is ready. */
  readonly startedIn: number;
  /** What the process holds in memory, in MB. */
  memory(): number;
  stop(): Promise<void>;
}

/** On a database, or in a folder with a Postgres of its own. `limits`: as the program takes them. BENCH_NODE_FLAGS are for Node, such as `--cpu-prof`. */
export async function startServer(where: { databaseUrl: string } | { directory: string }, limits: readonly string[] = []): Promise<Server> {
  const { DATABASE_URL: _, ...inherited } = process.env;
  const env = "databaseUrl" in where ? { ...inherited, DATABASE_URL: where.databaseUrl } : inherited;
  const folder = "directory" in where ? ["--data", where.directory] : [];
  const given = limits.flatMap((limit) => ["--limit", limit]);
  const execArgv = ["--max-semi-space-size=16", ...(process.env["BENCH_NODE_FLAGS"] ?? "").split(" ").filter(Boolean)];
  const begun = performance.now();
  const server = fork(main, ["--port", "0", ...folder, ...given], { env, execArgv, stdio: ["ignore", "ignore", "inherit", "ipc"] });
  const [{ ready }] = (await once(server, "message")) as [{ ready: string }];
  const startedIn = (performance.now() - begun) / 1_000;
  const client = EventStoreDBClient.connectionString(ready);
  return { client, url: ready, pid: server.pid!, startedIn, memory: () => memoryOf(server), stop: () => stop(server, client) };
}

const memoryOf = ({ pid }: ChildProcess): number => Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))![1]) / 1_024;

async function stop(server: ChildProcess, client: EventStoreDBClient): Promise<void> {
  await client.dispose();
  server.kill("SIGTERM");
  await once(server, "exit");
}

const filler = "x".repeat(110);

/** An event of about 330 bytes. */
export const event = (type = "Bench"): EventData =>
  jsonEvent({ id: randomUUID(), type, data: { filler, more: filler }, metadata: { filler: filler.slice(40) } });

export const events = (count: number): EventData[] => Array.from({ length: count }, () => event());
