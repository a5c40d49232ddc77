import { logVerbosity, setLogVerbosity } from "@grpc/grpc-js";
import { Command, InvalidArgumentError } from "commander";
import { startPostgres } from "#platform/embedded-postgres.js";
import { startEventStore } from "./event-store.js";

const portOf = (text: string): number => {
  const port = Number(text);
  if (!/^\d+$/.test(text) || port > 65_535) throw new InvalidArgumentError("It is a number from 0 to 65535.");
  return port;
};

const options = new Command("event-store")
  .description("A single-node event store that speaks the EventStoreDB protocol, durable in Postgres. Loopback only, without TLS.")
  .option("--port <number>", "port to listen on, 0 for any free one", portOf, 2113)
  .option("--data <folder>", "folder of its own embedded Postgres, unless DATABASE_URL is set", "./data/event-store")
  .parse()
  .opts<{ port: number; data: string }>();

// What goes wrong is said in our own sentence.
setLogVerbosity(logVerbosity.NONE);

const fail = (error: Error): never => {
  process.stderr.write(`${error.message}\n`);
  process.exit(1);
};

/** The database it is told to use, or a Postgres of its own. */
async function database(): Promise<{ url: string; stop: () => Promise<void>; ended?: Promise<void> }> {
  const url = process.env["DATABASE_URL"];
  if (url) return { url, stop: async () => undefined };
  const postgres = await startPostgres({ directory: options.data });
  return { url: await postgres.ensureDatabase("event_store"), stop: () => postgres.stop(), ended: postgres.ended };
}

try {
  const { url, stop: stopDatabase, ended } = await database();
  const store = await startEventStore({ databaseUrl: url, port: options.port, lost: fail }).catch(async (error: Error) => {
    await stopDatabase();
    throw error;
  });
  let stopping = false;
  const stop = () => {
    if (stopping) return;
    stopping = true;
    void store
      .stop()
      .then(stopDatabase)
      .finally(() => process.exit(0));
  };
  void ended?.then(() => stopping || fail(new Error("The Postgres server of the event store has ended. Start the event store again.")));
  for (const signal of ["SIGTERM", "SIGINT", "disconnect"]) process.on(signal, stop);
  process.stdout.write(`event store ready at ${store.url}\n`);
  process.send?.({ ready: store.url });
} catch (error) {
  fail(error as Error);
}
