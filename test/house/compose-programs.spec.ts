import { execFile, execFileSync, spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { parse } from "yaml";
import { freePort } from "#platform/http/free-port.js";
import { startEventStore, type RunningEventStore } from "../../apps/event-store/event-store.js";
import { createDatabase } from "../support/postgres.js";
import { eventually } from "../support/processes.js";
import { temporaryFolder } from "../support/temporary-folder.js";

const root = join(import.meta.dirname, "../..");
const text = readFileSync(join(root, "docker-compose.yml"), "utf8");

interface Service {
  readonly command: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  readonly secrets: readonly string[];
  readonly healthcheck: { readonly test: readonly string[] };
}
const { services } = parse(text, { merge: true }) as { services: Record<string, Service> };

/** The shell lines of the comment above the services. */
const steps = text
  .split("\n")
  .filter((line) => line.startsWith("#   "))
  .map((line) => line.slice(4))
  .filter((line) => !line.includes("docker compose"));

let store: RunningEventStore;
let secrets: string;
let ports: Record<string, string>;
const running: ChildProcess[] = [];
beforeAll(async () => {
  const folder = temporaryFolder();
  // Who tests need not be able to give a file away.
  execFileSync("bash", ["-euc", `sudo() { :; }\n${steps.join("\n")}`], { cwd: folder });
  secrets = join(folder, "secrets");
  store = await startEventStore({ databaseUrl: await createDatabase(), port: 0 });
  const [api, projector] = await Promise.all([freePort(), freePort()]);
  ports = { 3000: String(api), 3001: String(projector) };
}, 60_000);
afterAll(async () => {
  const ends = running.map((child) => once(child, "close"));
  for (const child of running) child.kill();
  await Promise.all(ends);
  await store.stop();
});

/** What stands where on this machine: the event store's address, secrets, ports, and what whoever starts it has set. */
const here = (value: string): string =>
  value
    .replace("event-store:2113", new URL(store.url).host)
    .replace("/run/secrets", secrets)
    .replace("/var/lib/hifadhi", secrets)
    .replaceAll(/\b300[01]\b/g, (port) => ports[port]!)
    .replace(/^\$\{OIDC_ISSUER:.*\}$/, "https://id.example.org/realms/hifadhi")
    .replace(/^\$\{\w+:-(.*)\}$/, "$1");

const environmentOf = ({ environment }: Service) =>
  Object.fromEntries(Object.entries(environment).map(([name, value]) => [name, here(value)]));

const isWell = async ({ healthcheck }: Service): Promise<boolean> => {
  const [, command, ...given] = healthcheck.test;
  return promisify(execFile)(command === "node" ? process.execPath : command!, given.map(here)).then(
    () => true,
    () => false,
  );
};

test("the steps in the comment make every secret that the services name, readable by nobody else where it must be", () => {
  const named = new Set(Object.values(services).flatMap((service) => service.secrets ?? []));
  expect(readdirSync(secrets)).toEqual(expect.arrayContaining([...named]));
  expect(readFileSync(join(secrets, "key-encryption-key"))).toHaveLength(32);
  expect(statSync(join(secrets, "key-encryption-key")).mode & 0o077).toBe(0);
  for (const [secret, address] of [
    ["hifadhi", "database-url"],
    ["keyring", "keyring-url"],
  ] as const) {
    const password = readFileSync(join(secrets, `${secret}-password`), "utf8");
    expect(readFileSync(join(secrets, address), "utf8")).toBe(`postgres://${secret}:${password}@postgres:5432/${secret}`);
  }
});

test("each program starts with the flags and the environment that it is given, and its health check says so", async () => {
  // In place of the two databases of the Postgres service: see databases.spec.ts.
  for (const address of ["database-url", "keyring-url"]) writeFileSync(join(secrets, address), await createDatabase());
  for (const name of ["projector", "api"]) {
    const service = services[name]!;
    const [, ...given] = service.command;
    const env = { PATH: process.env["PATH"], ...environmentOf(service) };
    const child = spawn(process.execPath, given, { cwd: root, env, stdio: ["ignore", "ignore", "inherit"] });
    running.push(child);
    await eventually(`${name} is well`, () => isWell(service) as Promise<boolean>);
    expect(child.exitCode).toBeNull();
  }
}, 60_000);

test("the health check of the event store asks with TLS and without, whichever it is started with", () => {
  const [, command] = services["event-store"]!.healthcheck.test;
  expect(command).toMatch(/https:\/\/localhost:2113\/health\/live.*\|\|.*http:\/\/localhost:2113\/health\/live.*\|\| exit 1$/);
});
