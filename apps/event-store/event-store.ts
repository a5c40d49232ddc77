import { setTimeout as pause } from "node:timers/promises";
import { type Server, ServerCredentials } from "@grpc/grpc-js";
import { openPool } from "#platform/postgres.js";
import { Groups } from "./groups/groups.js";
import { Live } from "./live.js";
import { protect } from "./protect.js";
import { Access } from "./protocol/access.js";
import { serverOf } from "./protocol/server.js";
import { GroupDefinitions } from "./storage/group-definitions.js";
import { Hold } from "./storage/hold.js";
import { Reading } from "./storage/reading.js";
import { prepareSchema } from "./storage/schema.js";
import { Users } from "./storage/users.js";
import { Writing } from "./storage/writing.js";
import { type Committed, Writer } from "./writer.js";

export interface RunningEventStore {
  readonly port: number;
  /** For `EventStoreDBClient.connectionString`. */
  readonly url: string;
  stop(): Promise<void>;
  /** Whether the storage can be reached. */
  isReady(): Promise<boolean>;
  position(): bigint;
  /** Appends that wait for the writer. */
  waiting(): number;
  /** Subscriptions and groups. */
  followers(): number;
  /** Told of every batch: how many events, and how many seconds it took to store them. */
  onCommit(measured: (events: number, seconds: number) => void): void;
}

export interface EventStoreOptions {
  readonly databaseUrl: string;
  /** 0: any free one. */
  readonly port: number;
  /** Without TLS only this machine's own. */
  readonly host?: string;
  /** Where clients that ask for the members of the cluster are sent, if not to `host`. */
  readonly advertisedHost?: string;
  /** PEM. With it there are users, and streams have access lists. */
  readonly tls?: { readonly certificate: Buffer; readonly key: Buffer };
  /** With TLS: the one account that writes to streams, and its password. */
  readonly application?: { readonly login: string; readonly password: string };
  /** Told when another event store took over the database: this one must stop. */
  readonly lost?: (error: Error) => void;
}

/** Every statement runs over the same index whatever it is given: planning it anew each time would cost as much as running it. */
const planOnce = "-c plan_cache_mode=force_generic_plan";

/** How long answers that are on their way may take when the event store stops. */
const farewell = 100;

/** Starts the event store. Throws a sentence for people when the port or the database is taken. */
export async function startEventStore(options: EventStoreOptions): Promise<RunningEventStore> {
  const { databaseUrl, port, host = "127.0.0.1", advertisedHost = host, tls, application, lost = () => undefined } = options;
  if (!tls && !loopback.test(host))
    throw new Error(
      `Without TLS the event store is open to everybody, so it listens on this machine only, not on ${host}. Give it a certificate.`,
    );
  const pool = openPool(databaseUrl, { options: planOnce, max: 10, connectionTimeoutMillis: 5_000 });
  let hold: Hold | undefined;
  try {
    await prepareSchema(pool);
    hold = await Hold.claim(databaseUrl, lost);
    const reading = new Reading(pool);
    const live = new Live();
    const committed: Committed = (records, position) => {
      reading.commit(records);
      live.publish(records, position);
    };
    const writer = new Writer(reading, new Writing(pool, hold), committed, lost);
    await writer.open();
    const groups = new Groups(new GroupDefinitions(pool), { reading, live, writer });
    await groups.start();
    const users = tls ? new Users(pool) : null;
    await Promise.all([
      users?.begin(process.env["EVENTSTORE_ADMIN_PASSWORD"] ?? initialPassword, process.env["EVENTSTORE_OPS_PASSWORD"] ?? initialPassword),
      application && users?.set(application.login, [], application.password),
      application && protect(reading, writer, application.login),
    ]);
    const access = new Access(users, reading);
    let bound = port;
    const server = serverOf({ writer, reading, live, groups, access, address: () => ({ host: advertisedHost, port: bound }) });
    bound = await listen(server, `${host}:${port}`, credentialsOf(tls));
    const stop = async () => {
      await groups.stop();
      await writer.close();
      await pause(farewell);
      server.forceShutdown();
      await hold!.release();
      await pool.end();
    };
    return {
      ...{ port: bound, url: `esdb://${advertisedHost}:${bound}?tls=${tls ? "true" : "false"}`, stop },
      isReady: () =>
        pool.query("select 1").then(
          () => true,
          () => false,
        ),
      position: () => writer.position,
      waiting: () => writer.waiting,
      followers: () => live.listeners,
      onCommit: (measured) => (writer.measured = measured),
    };
  } catch (error) {
    await hold?.release();
    await pool.end();
    throw error;
  }
}

const loopback = /^(127(\.\d{1,3}){3}|localhost|\[?::1\]?)$/;
/** As with EventStoreDB: to be changed at once, or to be set when the store is first started. */
const initialPassword = "changeit";

const credentialsOf = (tls: EventStoreOptions["tls"]): ServerCredentials =>
  tls ? ServerCredentials.createSsl(null, [{ cert_chain: tls.certificate, private_key: tls.key }]) : ServerCredentials.createInsecure();

const listen = (server: Server, address: string, credentials: ServerCredentials): Promise<number> =>
  new Promise((resolve, reject) =>
    server.bindAsync(address, credentials, (error, bound) =>
      error
        ? reject(new Error(`The event store cannot listen on ${address}: it is taken. Choose another port with --port.`))
        : resolve(bound),
    ),
  );
