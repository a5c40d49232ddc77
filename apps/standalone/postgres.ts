import { join } from "node:path";
import { type EmbeddedPostgres, startPostgres } from "#platform/postgres/embedded-postgres.js";
import type { Life } from "./supervisor.js";

/** The life of the embedded Postgres. At the same port, with the passwords it had, so that whoever uses it goes on by itself. */
export const postgresAt =
  (directory: string, port: number, started: (postgres: EmbeddedPostgres) => void): Life =>
  async (isReady, stopping) => {
    const postgres = await startPostgres({ directory, port });
    started(postgres);
    isReady(`127.0.0.1:${port}`);
    const stop = () => void postgres.stop();
    if (stopping.aborted) stop();
    stopping.addEventListener("abort", stop);
    await postgres.ended;
    stopping.removeEventListener("abort", stop);
    return `see ${join(directory, "postgres.log")}`;
  };
