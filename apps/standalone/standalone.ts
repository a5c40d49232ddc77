import { existsSync } from "node:fs";
import { join } from "node:path";
import { tellAddresses } from "#platform/configuration/addresses.js";
import type { EmbeddedPostgres } from "#platform/postgres/embedded-postgres.js";
import { freePort } from "#platform/http/free-port.js";
import { lockFolder, makeFolder } from "#platform/process/folder-lock.js";
import { newPassword } from "#platform/sign-in/password.js";
import { readerRole } from "#projection/declare/reader-role.js";
import type { Stop } from "#platform/process/shutdown.js";
import { makeCertificate } from "./certificate.js";
import { type Configuration, dataFolder } from "./configuration.js";
import { requireKind } from "./kind.js";
import { ensureKeyFile } from "./keyring.js";
import { requireFreePort } from "./port.js";
import { postgresAt } from "./postgres.js";
import { liveAs, type Program } from "./program.js";
import { supervise } from "./supervisor.js";

/** Node would let what is young take more than 130 MB, without being faster for it. */
const littleGarbage = "--max-semi-space-size=16";
/** What folding views anew needs, whatever the log holds; without a bound, Node would take more before it tidies up. */
const boundedMemory = "--max-semi-space-size=16 --max-old-space-size=256";

/** The one account of the embedded event store that the programs sign in with. */
const account = "hifadhi";

/** A program with a name, which is that of its folder, too. */
type NamedProgram = { readonly name: string } & Omit<Program, "main" | "log">;

/** All the parts of one start, and what stops them. Each is started again when it ends, and takes no other down. */
export class Standalone {
  private readonly stops: Stop[] = [];
  private stopping: Promise<void> | undefined;

  constructor(
    private readonly configuration: Configuration,
    /** Hears a line for people at every step. */
    private readonly say: (line: string) => void,
    /** Where the programs are: one folder each, with a main.js. */
    private readonly apps = join(import.meta.dirname, ".."),
  ) {}

  /** Starts what is not there already, and answers the address of the api. Rejects with a sentence for people; call `stop` then too. */
  async start(): Promise<string> {
    const { configuration } = this;
    const data = await dataFolder(configuration);
    this.say(`Hifadhi keeps its data in ${data}`);
    const unlock = lockFolder(data);
    this.stops.push(async () => unlock());
    requireKind(data, configuration.DEMO_SIGN_IN ? "demo" : "real");
    await requireFreePort(configuration.PORT);
    const { eventStoreDatabase, ...urls } = await this.databases(data);
    const keyFile = configuration.KEY_FILE ?? join(data, "keys", "key-encryption.key");
    await ensureKeyFile(keyFile, urls.KEYRING_URL);
    const EVENTSTORE_URL = configuration.EVENTSTORE_URL ?? (await this.eventStore(data, eventStoreDatabase));
    // Who names both herself knows them, and they stand in no file.
    const forget =
      configuration.EVENTSTORE_URL && configuration.DATABASE_URL
        ? null
        : tellAddresses(data, { ...urls, EVENTSTORE_URL, KEY_FILE: keyFile });
    this.stops.push(async () => forget?.());
    const environment = {
      ...urls,
      EVENTSTORE_URL,
      KEY_FILE: keyFile,
      HIFADHI_DATA: data,
      PORT: String(configuration.PORT),
      HOST: "127.0.0.1",
    };
    const SIGN_IN_KEY_FILE = configuration.SIGN_IN_KEY_FILE ?? join(data, "keys", "sign-in.key");
    const DOCUMENTS_DIR = process.env["DOCUMENTS_DIR"] ?? join(data, "documents");
    // Whoever builds a screen serves it from this machine, on a port of its own.
    const CORS_ORIGINS = process.env["CORS_ORIGINS"] ?? "http://localhost:*, http://127.0.0.1:*";
    await this.programs(data, [
      { name: "projector", environment: { ...environment, NODE_OPTIONS: `${process.env["NODE_OPTIONS"] ?? ""} ${boundedMemory}` } },
      {
        name: "api",
        environment: {
          ...environment,
          DEMO_SIGN_IN: configuration.DEMO_SIGN_IN ? "yes" : "no",
          DEMO_PEOPLE: configuration.DEMO_SIGN_IN ? "yes" : "no",
          BUILT_IN_SIGN_IN: configuration.BUILT_IN_SIGN_IN ? "yes" : "no",
          SIGN_IN_KEY_FILE,
          CORS_ORIGINS,
          DOCUMENTS_DIR,
        },
      },
    ]);
    if (configuration.EVENTSTORE_URL) await this.tellWhetherProtected(configuration.EVENTSTORE_URL);
    return `http://127.0.0.1:${configuration.PORT}`;
  }

  /** Stops in the reverse of the order of the start: nobody loses what it still needs. */
  stop(): Promise<void> {
    this.stopping ??= this.bringDown();
    return this.stopping;
  }

  private async bringDown(): Promise<void> {
    for (const stop of this.stops.toReversed()) await stop();
  }

  private async databases(data: string): Promise<{ DATABASE_URL: string; KEYRING_URL: string; eventStoreDatabase: string }> {
    const { DATABASE_URL = "", KEYRING_URL = "", EVENTSTORE_URL } = this.configuration;
    if (DATABASE_URL && EVENTSTORE_URL) return { DATABASE_URL, KEYRING_URL, eventStoreDatabase: "" };
    return this.timed("Postgres", async () => {
      const postgres = await this.postgres(join(data, "postgres"));
      return {
        DATABASE_URL: DATABASE_URL || (await postgres.ensureDatabase("hifadhi", readerRole)),
        KEYRING_URL: KEYRING_URL || (await postgres.ensureDatabase("keyring")),
        eventStoreDatabase: await postgres.ensureDatabase("event_store"),
      };
    });
  }

  private async postgres(directory: string): Promise<EmbeddedPostgres> {
    const first = Promise.withResolvers<EmbeddedPostgres>();
    const { ready, stop } = supervise("Postgres", postgresAt(directory, await freePort(), first.resolve), this.say);
    this.stops.push(stop);
    await ready;
    return first.promise;
  }

  /** Signs the programs in to an event store that lets nobody else in. Their password is made for this start. */
  private async eventStore(data: string, database: string): Promise<string> {
    const folder = makeFolder(join(data, "event-store"));
    const [port, { certificate, key }] = await Promise.all([freePort(), makeCertificate(folder)]);
    const password = newPassword();
    const tls = ["--advertised-host", "localhost", "--tls-certificate", certificate, "--tls-key", key];
    const environment = {
      DATABASE_URL: database,
      EVENTSTORE_ADMIN_PASSWORD: newPassword(),
      EVENTSTORE_OPS_PASSWORD: newPassword(),
      EVENTSTORE_APPLICATION_PASSWORD: password,
      NODE_OPTIONS: `${process.env["NODE_OPTIONS"] ?? ""} ${littleGarbage}`,
    };
    await this.programs(data, [
      { name: "event-store", arguments: ["--port", String(port), "--data", folder, ...tls, "--application", account], environment },
    ]);
    return `esdb://${account}:${password}@localhost:${port}?tls=true&tlsCAFile=${encodeURIComponent(certificate)}`;
  }

  /** Starts programs side by side, and answers when all are ready. */
  private async programs(data: string, wanted: readonly NamedProgram[]): Promise<void> {
    const logs = makeFolder(join(data, "logs"));
    const programs = wanted
      .map(({ name, ...rest }) => ({ name, program: { ...rest, main: join(this.apps, name, "main.js"), log: join(logs, `${name}.log`) } }))
      .filter(({ program }) => existsSync(program.main));
    const parts = programs.map(({ name, program }) => ({ name, ...supervise(name, liveAs(program, undefined, this.say), this.say) }));
    this.stops.push(async () => void (await Promise.all(parts.map(({ stop }) => stop()))));
    await Promise.all(parts.map(({ name, ready }) => this.timed(name, () => ready)));
  }

  /** Of a store that somebody else runs. Loaded here: for its own store a launcher has no use for a client. */
  private async tellWhetherProtected(url: string): Promise<void> {
    const { unprotected } = await import("#store/protect.js");
    const sentence = await unprotected(url);
    if (sentence) this.say(`\n${sentence}`);
  }

  private async timed<T>(name: string, work: () => Promise<T>): Promise<T> {
    const began = performance.now();
    const result = await work();
    this.say(`  ${name.padEnd(12)} ready after ${((performance.now() - began) / 1_000).toFixed(1)} s`);
    return result;
  }
}
