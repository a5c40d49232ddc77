import { setTimeout as pause } from "node:timers/promises";
import { type Server, ServerCredentials } from "@grpc/grpc-js";
import { Pool } from "pg";
import { Groups } from "./groups/groups.js";
import { Live } from "./live.js";
import { serverOf } from "./protocol/server.js";
import { GroupDefinitions } from "./storage/group-definitions.js";
import { Hold } from "./storage/hold.js";
import { Reading } from "./storage/reading.js";
import { prepareSchema } from "./storage/schema.js";
import { Writing } from "./storage/writing.js";
import { type Committed, Writer } from "./writer.js";

export interface RunningEventStore {
  readonly port: number;
  /** For `EventStoreDBClient.connectionString`. */
  readonly url: string;
  stop(): Promise<void>;
}

export interface EventStoreOptions {
  readonly databaseUrl: string;
  /** 0: any free one. */
  readonly port: number;
  /** Told when another event store took over the database: this one must stop. */
  readonly lost?: (error: Error) => void;
}

/** How long answers that are on their way may take when the event store stops. */
const farewell = 100;

/** Starts the event store on loopback. Throws a sentence for people when the port or the database is taken. */
export async function startEventStore({ databaseUrl, port, lost = () => undefined }: EventStoreOptions): Promise<RunningEventStore> {
  const pool = new Pool({ connectionString: databaseUrl, max: 10, connectionTimeoutMillis: 5_000, keepAlive: true });
  pool.on("error", () => undefined);
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
    let bound = port;
    const server = serverOf({ writer, reading, live, groups, port: () => bound });
    bound = await listen(server, port);
    const stop = async () => {
      await groups.stop();
      await writer.close();
      await pause(farewell);
      server.forceShutdown();
      await hold!.release();
      await pool.end();
    };
    return { port: bound, url: `esdb://127.0.0.1:${bound}?tls=false`, stop };
  } catch (error) {
    await hold?.release();
    await pool.end();
    throw error;
  }
}

const listen = (server: Server, port: number): Promise<number> =>
  new Promise((resolve, reject) =>
    server.bindAsync(`127.0.0.1:${port}`, ServerCredentials.createInsecure(), (error, bound) =>
      error
        ? reject(new Error(`The event store cannot listen on port ${port}: it is taken. Choose another one with --port.`))
        : resolve(bound),
    ),
  );
