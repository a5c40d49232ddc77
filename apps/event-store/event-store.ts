import { setTimeout as pause } from "node:timers/promises";
import { ServerCredentials } from "@grpc/grpc-js";
import type { Pool } from "pg";
import { openPool } from "#platform/postgres/postgres.js";
import { Groups } from "./groups/groups.js";
import { defaultLimits, type StoreLimits } from "./limits.js";
import { LiveFeed } from "./live.js";
import { protect } from "./protect.js";
import { Access } from "./protocol/access.js";
import { Connections } from "./protocol/guard/connections.js";
import { Room } from "./protocol/guard/room.js";
import { SubscriptionSlots } from "./protocol/slots.js";
import type { Node } from "./protocol/node.js";
import { serverOf } from "./protocol/server.js";
import { SignIn } from "./sign-in.js";
import { GroupDefinitions } from "./storage/group-definitions.js";
import { Hold } from "./storage/hold.js";
import { Reading } from "./storage/reading.js";
import { prepareSchema } from "./storage/schema.js";
import { followUserChanges } from "./storage/user-changes.js";
import { Scavenges } from "./scavenges.js";
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
  connections(): number;
  /** Of requests that are not done with. */
  pendingBytes(): number;
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
  /** What clients may take up; what is not named keeps its default. */
  readonly limits?: Partial<StoreLimits>;
  /** Told when another event store took over the database: this one must stop. */
  readonly lost?: (error: Error) => void;
}

/** Every statement runs over the same index whatever it is given: planning it anew each time would cost as much as running it. */
const planOnce = "-c plan_cache_mode=force_generic_plan";

/** How long answers that are on their way may take when the event store stops. */
const farewell = 100;

/** Starts the event store. Throws a sentence for people when the port or the database is taken. */
export async function startEventStore(options: EventStoreOptions): Promise<RunningEventStore> {
  const { databaseUrl, host = "127.0.0.1", tls } = options;
  if (!tls && !loopback.test(host))
    throw new Error(
      `Without TLS the event store is open to everybody, so it listens on this machine only, not on ${host}. Give it a certificate.`,
    );
  // Pages, what is small, and the writer's: none of them waits behind another.
  const pools = await Promise.all([keptPool(databaseUrl, 6), keptPool(databaseUrl, 2), keptPool(databaseUrl, 2)]);
  const closing: (() => unknown)[] = [];
  try {
    const [pages, pool, writing] = pools;
    const storage = await openStorage({ pages, pool, writing }, options, closing);
    return await listen(storage, options, () => close(closing, pools));
  } catch (error) {
    await close(closing, pools);
    throw error;
  }
}

/** What stands on the database, with whoever may use it. */
type Storage = Omit<Node, "address" | "room" | "slots"> & { readonly pool: Pool };

async function openStorage(
  { pages, pool, writing }: Record<"pages" | "pool" | "writing", Pool>,
  { databaseUrl, tls, application, lost = () => undefined, limits: given }: EventStoreOptions,
  closing: (() => unknown)[],
): Promise<Storage> {
  const limits = { ...defaultLimits, ...given };
  await prepareSchema(pool);
  const hold = await Hold.claim(databaseUrl, lost);
  closing.push(() => hold.release());
  const reading = new Reading(pages, pool);
  const live = new LiveFeed();
  const committed: Committed = (records, position) => {
    reading.commit(records);
    live.publish(records, position);
  };
  const writer = new Writer(new Reading(writing), new Writing(writing, hold), committed, lost);
  await writer.open();
  const groups = new Groups(new GroupDefinitions(pool), { reading, live, writer });
  await groups.start();
  const signIn = tls ? await signInOf(pool, databaseUrl, application, limits, closing) : null;
  if (application) await protect(reading, writer, application.login);
  const scavenges = new Scavenges(pool);
  closing.push(() => scavenges.close());
  const users = tls ? new Users(pool) : null;
  return { pool, writer, reading, live, groups, access: new Access(signIn, reading), limits, scavenges, users };
}

const isAnswering = (pool: Pool): Promise<boolean> =>
  pool.query("select 1").then(
    () => true,
    () => false,
  );

async function listen(
  { pool, ...storage }: Storage,
  { port, host = "127.0.0.1", advertisedHost = host, tls }: EventStoreOptions,
  closeStorage: () => Promise<void>,
): Promise<RunningEventStore> {
  const { writer, live, groups, limits } = storage;
  const connections = new Connections(limits);
  let bound = port;
  const room = new Room(limits.pendingBytes, limits.pendingBytesPerUser);
  const address = () => ({ host: advertisedHost, port: bound });
  const { server, endCalls } = serverOf({ ...storage, room, slots: new SubscriptionSlots(limits), address }, (peer) =>
    connections.used(peer),
  );
  bound = await connections.listen(server, credentialsOf(tls), host, port);
  const stop = async () => {
    connections.close();
    await groups.stop();
    await writer.close();
    endCalls();
    await pause(farewell);
    server.forceShutdown();
    await closeStorage();
  };
  return {
    port: bound,
    url: `esdb://${advertisedHost}:${bound}?tls=${tls ? "true" : "false"}`,
    stop,
    isReady: () => isAnswering(pool),
    position: () => writer.position,
    waiting: () => writer.waiting,
    followers: () => live.listeners,
    connections: () => connections.count,
    pendingBytes: () => room.taken,
    onCommit: (measured) => (writer.measured = measured),
  };
}

async function close(closing: readonly (() => unknown)[], pools: readonly Pool[]): Promise<void> {
  for (const each of closing.toReversed()) await each();
  await Promise.all(pools.map((each) => each.end()));
}

/** How long a connection that nobody uses is kept, milliseconds. */
const keptFor = 60_000;

/** Connections that are there before anybody asks. While there is little to do one of them stays: each costs the machine some megabytes. */
async function keptPool(url: string, count: number): Promise<Pool> {
  const pool = openPool(url, { options: planOnce, max: count, min: 1, idleTimeoutMillis: keptFor, connectionTimeoutMillis: 5_000 });
  try {
    const opened = await Promise.all(Array.from({ length: count }, () => pool.connect()));
    for (const each of opened) each.release();
    return pool;
  } catch (error) {
    await pool.end();
    throw error;
  }
}

async function signInOf(
  pool: Pool,
  url: string,
  application: EventStoreOptions["application"],
  limits: StoreLimits,
  closing: (() => unknown)[],
): Promise<SignIn> {
  const users = new Users(pool);
  await users.begin(process.env["EVENTSTORE_ADMIN_PASSWORD"] ?? initialPassword, process.env["EVENTSTORE_OPS_PASSWORD"] ?? initialPassword);
  if (application) await users.set(application.login, [], application.password);
  const signIn = new SignIn(users, limits);
  closing.push(await followUserChanges(url, (hears) => signIn.forget(hears)));
  return signIn;
}

const loopback = /^(127(\.\d{1,3}){3}|localhost|\[?::1\]?)$/;
/** As with EventStoreDB: to be changed at once, or to be set when the store is first started. */
const initialPassword = "changeit";

const credentialsOf = (tls: EventStoreOptions["tls"]): ServerCredentials =>
  tls ? ServerCredentials.createSsl(null, [{ cert_chain: tls.certificate, private_key: tls.key }]) : ServerCredentials.createInsecure();
