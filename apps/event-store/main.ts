import { readFile } from "node:fs/promises";
import { logVerbosity, setLogVerbosity } from "@grpc/grpc-js";
import { SingleBar } from "cli-progress";
import type { Pool } from "pg";
import { protectStreams } from "#store/protect.js";
import { openPool } from "#platform/postgres/postgres.js";
import { giveBackMemoryAtRest } from "#platform/process/memory-at-rest.js";
import { failStart } from "#platform/process/shutdown.js";
import { startPostgres } from "#platform/postgres/embedded-postgres.js";
import { startEventStore } from "./event-store.js";
import { serveOperations } from "./operations.js";
import { commandsOf, type StartOptions } from "./options.js";
import { scavenge } from "./storage/scavenge.js";
import { prepareSchema } from "./storage/schema.js";
import { statsOf } from "./storage/stats.js";
import { Users } from "./storage/users.js";

// What goes wrong is said in our own sentence.
setLogVerbosity(logVerbosity.NONE);

const say = (text: string) => void process.stdout.write(`${text}\n`);

/** The database it is told to use, or a Postgres of its own. */
async function database(data: string): Promise<{ url: string; stop: () => Promise<void>; ended?: Promise<void> }> {
  const url = process.env["DATABASE_URL"];
  if (url) return { url, stop: async () => undefined };
  const postgres = await startPostgres({ directory: data });
  return { url: await postgres.ensureDatabase("event_store"), stop: () => postgres.stop(), ended: postgres.ended };
}

async function start(options: StartOptions): Promise<void> {
  const { port, host, advertisedHost, data, tlsCertificate, tlsKey, application, metricsPort, limit } = options;
  if (Boolean(tlsCertificate) !== Boolean(tlsKey)) throw new Error("TLS needs both --tls-certificate and --tls-key.");
  const tls = tlsCertificate ? { certificate: await readFile(tlsCertificate), key: await readFile(tlsKey!) } : undefined;
  if (application && !tls) throw new Error("An account needs TLS: give --application together with --tls-certificate and --tls-key.");
  const { url, stop: stopDatabase, ended } = await database(data);
  const store = await startEventStore({
    databaseUrl: url,
    port,
    host,
    ...(advertisedHost && { advertisedHost }),
    ...(tls && { tls }),
    ...(application && {
      application: { login: application, password: given("EVENTSTORE_APPLICATION_PASSWORD", "the password of the account") },
    }),
    ...(limit && { limits: limit }),
    lost: failStart,
  }).catch(async (error: Error) => {
    await stopDatabase();
    throw error;
  });
  const operations = metricsPort === undefined ? null : await serveOperations(store, metricsPort);
  let stopping = false;
  const stop = () => {
    if (stopping) return;
    stopping = true;
    operations?.close();
    void store
      .stop()
      .then(stopDatabase)
      .finally(() => process.exit(0));
  };
  void ended?.then(
    () => stopping || failStart(new Error("The Postgres server of the event store has ended. Start the event store again.")),
  );
  for (const signal of ["SIGTERM", "SIGINT", "disconnect"]) process.on(signal, stop);
  say(`event store ready at ${store.url}`);
  giveBackMemoryAtRest();
  process.send?.({ ready: store.url });
}

/** Does something with the data, whether or not the store runs. */
async function withData(data: string, work: (pool: Pool) => Promise<void>): Promise<void> {
  const { url, stop } = await database(data);
  const pool = openPool(url, { max: 2 });
  try {
    await prepareSchema(pool);
    await work(pool);
  } finally {
    await pool.end();
    await stop();
  }
}

/** What no list of processes may show is given by a variable. */
function given(variable: string, what: string): string {
  const value = process.env[variable];
  if (!value) throw new Error(`${variable} is not set: give ${what} by it, so that no list of processes shows it.`);
  return value;
}

try {
  await commandsOf({
    start,
    stats: (data) => withData(data, async (pool) => say(JSON.stringify(await statsOf(pool), null, 2))),
    scavenge: (data) =>
      withData(data, async (pool) => {
        const bar = new SingleBar({ format: "{bar} {percentage}% | {value}/{total} streams | {eta_formatted}" });
        const removed = await scavenge(pool, (done, total) => (bar.isActive ? bar.update(done) : bar.start(total, done)));
        bar.stop();
        say(`${removed} events were removed.`);
      }),
    addUser: (data, login, groups) =>
      withData(data, (pool) => new Users(pool).set(login, groups, given("EVENTSTORE_USER_PASSWORD", "the user's password"))),
    removeUser: (data, login) =>
      withData(data, async (pool) => {
        if (!(await new Users(pool).remove(login))) throw new Error(`There is no user ${login}.`);
      }),
    listUsers: (data) =>
      withData(data, async (pool) => {
        for (const { login, groups } of await new Users(pool).all()) say(`${login}  ${groups.join(" ")}`);
      }),
    async protect(login) {
      const said = await protectStreams(given("EVENTSTORE_URL", "the address of the store, with an administrator's password"), login);
      say(said ? `${login} alone writes now; nobody deletes or truncates.` : `It was so already: ${login} alone writes.`);
    },
  }).parseAsync();
} catch (error) {
  failStart(error);
}
