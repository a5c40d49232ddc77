import { execFileSync } from "node:child_process";
import { tmpdir } from "node:os";
import { join } from "node:path";

/**
 * One Postgres server for the whole e2e run; a server of your own by TEST_POSTGRES_URL. Needs the build, like the tests themselves. The tables of
 * the read models are made once, in a database of which each system gets a copy.
 */
export default async function start() {
  // What Node has compiled of the programs, so that the next one starts sooner.
  process.env.NODE_COMPILE_CACHE ??= join(tmpdir(), "hifadhi-compiled");
  if (!process.env.TEST_POSTGRES_URL) {
    const { startPostgres } = await import("#platform/postgres/embedded-postgres.js");
    const { temporaryFolder } = await import("../../dist/test/support/temporary-folder.js");
    globalThis.testPostgres = await startPostgres({ directory: temporaryFolder() });
    process.env.TEST_POSTGRES_URL = globalThis.testPostgres.urlOf("postgres");
  }
  const { createDatabase } = await import("../../dist/test/support/postgres.js");
  const DATABASE_URL = await createDatabase();
  const child = join(import.meta.dirname, "../../dist/test/support/template.child.js");
  // As many parts as a projector divides its work into where nothing else is said.
  execFileSync(process.execPath, [child], { env: { ...process.env, DATABASE_URL, PARTITIONS: "4" }, stdio: "inherit" });
  process.env.TEST_READ_MODELS = new URL(DATABASE_URL).pathname.slice(1);
}
