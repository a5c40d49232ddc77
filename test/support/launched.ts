import { equal } from "node:assert/strict";
import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Client } from "pg";
import { childrenOf, eventually } from "./processes.js";

/** A running `npm start`. */
export interface Launched {
  readonly process: ChildProcess;
  readonly pid: number;
  output(): string;
  /** The exit code, when it has ended. */
  ended(): Promise<number | null>;
}

/** Where the compiled programs are. */
export const apps = join(process.cwd(), "dist", "apps");
const main = join(apps, "standalone/main.js");

/** Runs what `npm start -- --demo` runs, with these variables and no address of a server. `given`: other arguments. */
export const launch = (environment: Record<string, string>, given: readonly string[] = ["--demo"]): Launched => {
  const { DATABASE_URL: _, EVENTSTORE_URL: __, ...rest } = process.env;
  const child = spawn(process.execPath, [main, ...given], { env: { ...rest, ...environment }, stdio: ["ignore", "pipe", "pipe"] });
  let text = "";
  child.stdout.on("data", (chunk) => (text += chunk));
  child.stderr.on("data", (chunk) => (text += chunk));
  const closed = once(child, "close") as Promise<[number | null]>;
  return { process: child, pid: child.pid!, output: () => text, ended: async () => (await closed)[0] };
};

/** Waits until everything is there. */
export const ready = async (launched: Launched): Promise<void> => {
  await eventually("Ready", () => launched.output().includes("Ready.") || launched.process.exitCode !== null, 50);
  expect(launched.output()).toContain("Ready.");
};

/** How the api says it is; undefined: it does not answer. */
export const answers = async (port: number): Promise<number | undefined> => {
  try {
    return (await fetch(`http://127.0.0.1:${port}/health/ready`)).status;
  } catch {
    return undefined;
  }
};

/** The rows that a statement answers, over a connection of its own. */
export const query = async (url: string, text: string): Promise<unknown[]> => {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(text)).rows;
  } finally {
    await client.end();
  }
};

/** The first process of that name among those that the launcher started. */
export const partOf = (launched: Launched, name: string): number => childrenOf(launched.pid).find((pid) => commandOf(pid).includes(name))!;

/** What the launcher tells the commands beside it. */
export const addressesIn = (data: string): { EVENTSTORE_URL: string; DATABASE_URL: string } =>
  JSON.parse(readFileSync(join(data, "addresses.json"), "utf8")) as never;

/** Opens a case as amina, and answers its id. */
export const openCase = async (port: string): Promise<string> => {
  const base = `http://127.0.0.1:${port}`;
  const fields = new URLSearchParams({ grant_type: "password", username: "amina", password: "hifadhi-demo" });
  const signedIn = await fetch(`${base}/sign-in/token`, { method: "POST", body: fields });
  const { access_token } = (await signedIn.json()) as { access_token: string };
  const headers = { authorization: `Bearer ${access_token}`, "content-type": "application/json", "idempotency-key": randomUUID() };
  const body = JSON.stringify({ source: "Police", urgency: "Immediate", region: "Kigoma", sex: "Female", ageBand: "21-29" });
  const opened = await fetch(`${base}/v1/cases/open-case`, { method: "POST", headers, body });
  equal(opened.status, 201);
  const { id, position } = (await opened.json()) as { id: string; position: string };
  // Read back behind the projector: every part has done its work.
  const read = await fetch(`${base}/v1/cases/${id}`, { headers: { ...headers, "consistent-after": position } });
  equal(read.status, 200);
  return id;
};

/** How a process was called, with its arguments. */
export const commandOf = (pid: number): string =>
  process.platform === "linux"
    ? readFileSync(`/proc/${pid}/cmdline`, "utf8")
    : execFileSync("ps", ["-o", "command=", "-p", String(pid)], { encoding: "utf8" });
