import { existsSync } from "node:fs";
import { join } from "node:path";
import { CannotStart } from "#platform/cannot-start.js";
import { startPostgres } from "#platform/embedded-postgres.js";
import { freePort } from "#platform/free-port.js";
import { lockFolder, makeFolder } from "#platform/folder-lock.js";
import type { Stop } from "#platform/shutdown.js";
import { type Configuration, dataFolder } from "./configuration.js";
import { ensureKeyFile } from "./keyring.js";
import { requireFreePort } from "./port.js";
import { type Program, supervise } from "./supervisor.js";

/** Node would let what is young take more than 130 MB, without being faster for it. */
const littleGarbage = "--max-semi-space-size=16";
/** What folding views anew needs, whatever the log holds; without a bound, Node would take more before it tidies up. */
const boundedMemory = "--max-semi-space-size=16 --max-old-space-size=256";

/** All the parts of one start, and what stops them. */
export class Standalone {
  private readonly stops: Stop[] = [];
  private stopping: Promise<void> | undefined;
  private readonly failure = Promise.withResolvers<never>();

  constructor(
    private readonly configuration: Configuration,
    /** Hears a line for people at every step. */
    private readonly say: (line: string) => void,
    /** Where the programs are: one folder each, with a main.js. */
    private readonly apps = join(import.meta.dirname, ".."),
  ) {
    this.failure.promise.catch(() => {});
  }

  /** Starts what is not there already, and answers the address of the api. Rejects with a sentence for people; call `stop` then too. */
  start(): Promise<string> {
    return Promise.race([this.bringUp(), this.failure.promise]);
  }

  /** Rejects when a part ends for good after the start. */
  async run(): Promise<never> {
    return this.failure.promise;
  }

  /** Stops in the reverse of the order of the start: nobody loses what it still needs. */
  stop(): Promise<void> {
    this.stopping ??= this.bringDown();
    return this.stopping;
  }

  private async bringDown(): Promise<void> {
    for (const stop of this.stops.toReversed()) await stop();
  }

  private async bringUp(): Promise<string> {
    const { configuration } = this;
    const data = await dataFolder(configuration);
    this.say(`Hifadhi keeps its data in ${data}`);
    const unlock = lockFolder(data);
    this.stops.push(async () => unlock());
    await requireFreePort(configuration.PORT);
    const { eventStoreDatabase, ...urls } = await this.databases(data);
    const keyFile = configuration.KEY_FILE ?? join(data, "keys", "key-encryption.key");
    await ensureKeyFile(keyFile, urls.KEYRING_URL);
    const EVENTSTORE_URL = configuration.EVENTSTORE_URL ?? (await this.eventStore(data, eventStoreDatabase));
    const environment = {
      ...urls,
      EVENTSTORE_URL,
      KEY_FILE: keyFile,
      HIFADHI_DATA: data,
      PORT: String(configuration.PORT),
      HOST: "127.0.0.1",
    };
    const SIGN_IN_KEY_FILE = configuration.SIGN_IN_KEY_FILE ?? join(data, "keys", "sign-in.key");
    await this.programs(data, [
      { name: "projector", environment: { ...environment, NODE_OPTIONS: `${process.env["NODE_OPTIONS"] ?? ""} ${boundedMemory}` } },
      { name: "api", environment: { ...environment, DEMO_SIGN_IN: configuration.DEMO_SIGN_IN ? "yes" : "no", SIGN_IN_KEY_FILE } },
    ]);
    return `http://127.0.0.1:${configuration.PORT}`;
  }

  private async databases(data: string): Promise<{ DATABASE_URL: string; KEYRING_URL: string; eventStoreDatabase: string }> {
    const { DATABASE_URL = "", KEYRING_URL = "", EVENTSTORE_URL } = this.configuration;
    if (DATABASE_URL && EVENTSTORE_URL) return { DATABASE_URL, KEYRING_URL, eventStoreDatabase: "" };
    return this.timed("Postgres", async () => {
      const directory = join(data, "postgres");
      const postgres = await startPostgres({ directory });
      this.stops.push(() => postgres.stop());
      const sentence = async () => {
        await postgres.ended;
        return `Postgres has ended. See ${join(directory, "postgres.log")}`;
      };
      void this.watch(sentence());
      return {
        DATABASE_URL: DATABASE_URL || (await postgres.ensureDatabase("hifadhi")),
        KEYRING_URL: KEYRING_URL || (await postgres.ensureDatabase("keyring")),
        eventStoreDatabase: await postgres.ensureDatabase("event_store"),
      };
    });
  }

  private async eventStore(data: string, database: string): Promise<string> {
    const port = await freePort();
    const given = ["--port", String(port), "--data", makeFolder(join(data, "event-store"))];
    const environment = { DATABASE_URL: database, NODE_OPTIONS: `${process.env["NODE_OPTIONS"] ?? ""} ${littleGarbage}` };
    const [ready] = await this.programs(data, [{ name: "event-store", arguments: given, environment }]);
    return ready!;
  }

  /** Starts programs side by side, and answers what each said when it was ready. */
  private async programs(data: string, wanted: readonly Omit<Program, "main" | "log">[]): Promise<string[]> {
    const logs = makeFolder(join(data, "logs"));
    const programs = wanted.map((program) => ({
      ...program,
      main: join(this.apps, program.name, "main.js"),
      log: join(logs, `${program.name}.log`),
    }));
    const started = programs.filter(({ main }) => existsSync(main)).map((program) => ({ program, child: supervise(program) }));
    this.stops.push(async () => void (await Promise.all(started.map(({ child }) => child.stop()))));
    for (const { child } of started) void this.watch(child.hopeless);
    return Promise.all(started.map(({ program, child }) => this.timed(program.name, () => child.ready)));
  }

  private async watch(end: Promise<string>): Promise<void> {
    const sentence = await end;
    if (!this.stopping) this.failure.reject(new CannotStart("PartEnded", sentence));
  }

  private async timed<T>(name: string, work: () => Promise<T>): Promise<T> {
    const began = performance.now();
    const result = await work();
    this.say(`  ${name.padEnd(12)} ready after ${((performance.now() - began) / 1_000).toFixed(1)} s`);
    return result;
  }
}
