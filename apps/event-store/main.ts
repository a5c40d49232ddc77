import { Command } from "commander";
import { startPostgres } from "#platform/embedded-postgres.js";
import { startEventStore } from "./event-store.js";

const options = new Command("event-store")
  .description("A single-node event store that speaks the EventStoreDB protocol, durable in Postgres. Loopback only, without TLS.")
  .option("--port <number>", "port to listen on, 0 for any free one", "2113")
  .option("--data <folder>", "folder of its own embedded Postgres, unless DATABASE_URL is set", "./data/event-store")
  .parse()
  .opts<{ port: string; data: string }>();

const fail = (error: Error) => {
  process.stderr.write(`${error.message}\n`);
  process.exit(1);
};

try {
  const given = process.env["DATABASE_URL"];
  const postgres = given ? null : await startPostgres({ directory: options.data });
  const databaseUrl = given ?? (await postgres!.ensureDatabase("event_store"));
  const store = await startEventStore({ databaseUrl, port: Number(options.port), lost: fail }).catch(async (error: Error) => {
    await postgres?.stop();
    throw error;
  });
  const stop = () =>
    void store
      .stop()
      .then(async () => postgres?.stop())
      .finally(() => process.exit(0));
  for (const signal of ["SIGTERM", "SIGINT", "disconnect"]) process.once(signal, stop);
  process.stdout.write(`event store ready at ${store.url}\n`);
  process.send?.({ ready: store.url });
} catch (error) {
  fail(error as Error);
}
