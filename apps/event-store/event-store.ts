import { ServerCredentials } from "@grpc/grpc-js";
import { Pool } from "pg";
import { Live } from "./live.js";
import { serverOf } from "./protocol/server.js";
import { Reading } from "./storage/reading.js";
import { prepareSchema } from "./storage/schema.js";
import { Writing } from "./storage/writing.js";
import { Writer } from "./writer.js";

export interface RunningEventStore {
  readonly port: number;
  /** For `EventStoreDBClient.connectionString`. */
  readonly url: string;
  stop(): Promise<void>;
}

/** Starts the event store on loopback. Throws a sentence for people when the port or the database is taken. */
export async function startEventStore({
  databaseUrl,
  port,
  lost = () => undefined,
}: {
  databaseUrl: string;
  port: number;
  /** Told when another writer took over: this one must stop. */
  lost?: (error: Error) => void;
}): Promise<RunningEventStore> {
  const pool = new Pool({ connectionString: databaseUrl, max: 10, connectionTimeoutMillis: 5_000 });
  pool.on("error", () => undefined);
  let writing: Writing | undefined;
  try {
    await prepareSchema(pool);
    writing = await Writing.claim(databaseUrl, pool);
    const reading = new Reading(pool);
    const live = new Live();
    const writer = await Writer.open(reading, writing, (records, position) => live.publish(records, position), lost);
    live.position = writer.position;
    let bound = port;
    const server = serverOf(writer, reading, live, () => bound);
    bound = await new Promise<number>((resolve, reject) =>
      server.bindAsync(`127.0.0.1:${port}`, ServerCredentials.createInsecure(), (error, taken) =>
        error ? reject(new Error(`Port ${port} is taken. Choose another one with --port.`)) : resolve(taken),
      ),
    );
    const stop = async () => {
      await writer.idle();
      server.forceShutdown();
      await writing!.release();
      await pool.end();
    };
    return { port: bound, url: `esdb://127.0.0.1:${bound}?tls=false`, stop };
  } catch (error) {
    await writing?.release();
    await pool.end();
    throw error;
  }
}
