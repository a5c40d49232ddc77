import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { Pool } from "pg";
import { freePort } from "#platform/http/free-port.js";
import { migrate, readModels } from "#projection/declare/migrations.js";
import { createKeyFile } from "#seal/key-encryption-key.js";
import { EventLog } from "#store/event-log.js";
import { healthOf } from "../../apps/api/health.js";
import { startEventStore, type RunningEventStore } from "../../apps/event-store/event-store.js";
import { Users } from "../../apps/event-store/storage/users.js";
import { views } from "#domain/domain.js";
import { certificate } from "../event-store/secure.js";
import { createDatabase } from "../support/postgres.js";
import { temporaryFolder } from "../support/temporary-folder.js";

const apps = join(import.meta.dirname, "../../dist/apps");

/** A database with read models in which nothing is told yet. */
async function readModelsUrl(): Promise<string> {
  const url = await createDatabase();
  const source = await readModels(url, views).initialize();
  await migrate(source, views, 4);
  await source.destroy();
  return url;
}

let store: RunningEventStore;
let environment: Record<string, string>;
let withPassword: (password: string) => string;
beforeAll(async () => {
  const tls = await certificate();
  const databaseUrl = await createDatabase();
  store = await startEventStore({ databaseUrl, port: 0, host: "localhost", tls });
  const pool = new Pool({ connectionString: databaseUrl });
  await new Users(pool).set("hifadhi", ["$admins"], "invented");
  await pool.end();
  const file = encodeURIComponent(tls.certificateFile);
  withPassword = (password) => `esdb://hifadhi:${password}@localhost:${store.port}?tls=true&tlsCAFile=${file}`;
  const KEY_FILE = join(temporaryFolder(), "key");
  await createKeyFile(KEY_FILE);
  const [DATABASE_URL, KEYRING_URL] = await Promise.all([readModelsUrl(), createDatabase()]);
  const settings = { OIDC_ISSUER: "https://id.example.org", PORT: String(await freePort()), NODE_ENV: "production" };
  const DOCUMENTS_DIR = temporaryFolder();
  environment = { EVENTSTORE_URL: withPassword("invented"), DATABASE_URL, KEYRING_URL, KEY_FILE, DOCUMENTS_DIR, ...settings };
}, 60_000);
afterAll(() => store.stop());

/** What a program says on its way out, and its exit code. */
async function said(program: string, over: Record<string, string>): Promise<{ code: number | null; text: string }> {
  const [main, ...given] = program.split(" ");
  const child = spawn(process.execPath, [join(apps, main!), ...given], {
    env: { PATH: process.env["PATH"], NODE_COMPILE_CACHE: process.env["NODE_COMPILE_CACHE"], ...environment, ...over },
  });
  let text = "";
  child.stderr.on("data", (chunk) => (text += chunk));
  const [code] = (await once(child, "close")) as [number | null];
  return { code, text };
}

const changed = (url: string, change: (address: URL) => unknown): string => {
  const address = new URL(url);
  change(address);
  return address.href;
};

const wrong: [string, string, (url: string) => string, RegExp][] = [
  [
    "a wrong password of the event store",
    "EVENTSTORE_URL",
    () => withPassword("wrong"),
    /does not accept the name or the password in EVENT/,
  ],
  ["a database that is away", "DATABASE_URL", (url) => changed(url, (to) => (to.port = "1")), /in DATABASE_URL does not answer/],
  ["a database that is not there", "DATABASE_URL", (url) => changed(url, (to) => (to.pathname = "/x")), /in DATABASE_URL does not exist/],
  ["an unknown account", "DATABASE_URL", (url) => changed(url, (to) => (to.username = "nobody")), /DATABASE_URL does not accept the name/],
  ["a keyring that is away", "KEYRING_URL", (url) => changed(url, (to) => (to.port = "1")), /in KEYRING_URL does not answer/],
];

test.each(wrong)("%s ends each program at once, with one sentence that names the variable", async (_what, variable, change, sentence) => {
  const began = performance.now();
  const over = { [variable]: change(environment[variable]!) };
  const programs = ["api/main.js", "projector/main.js", "projector/commands.js status"];
  for (const { code, text } of await Promise.all(programs.map((program) => said(program, over)))) {
    expect(code).toBe(1);
    expect(text.trim()).toMatch(sentence);
    expect(text.trim().split("\n")).toHaveLength(1);
  }
  expect(performance.now() - began).toBeLessThan(20_000);
});

test.each(["projector/commands.js status", "api/main.js"])(
  "%s, beside read models that no projector has made yet, says that one must be started",
  async (program) => {
    const { code, text } = await said(program, { DATABASE_URL: await createDatabase() });
    expect({ code, text: text.trim() }).toEqual({
      code: 1,
      text: "There are no read models in this database. Start a projector, which makes them.",
    });
  },
);

test("a password that somebody has changed meanwhile is told by health as a refusal, not as an outage", async () => {
  const log = new EventLog(withPassword("changed"));
  const reading = new Pool({ connectionString: environment["DATABASE_URL"] });
  const { ready, parts } = await healthOf({ log, reading, reach: () => Promise.resolve() });
  expect({ ready, ...parts }).toEqual({ ready: false, eventStore: "refused", database: "ok", issuer: "ok" });
  await Promise.all([log.close(), reading.end()]);
});
