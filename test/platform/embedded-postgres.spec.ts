import { type ChildProcess, execFile, fork } from "node:child_process";
import { once } from "node:events";
import { readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { Client } from "pg";
import { startPostgres } from "#platform/postgres/embedded-postgres.js";
import { createDatabase } from "../support/postgres.js";
import { temporaryFolder } from "../support/temporary-folder.js";

const query = async (url: string, text: string): Promise<Record<string, unknown>[]> => {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(text)).rows;
  } finally {
    await client.end();
  }
};

/** A process that starts Postgres on the folder and answers its pid and url. */
const holder = async (directory: string): Promise<{ process: ChildProcess; url: string }> => {
  const process = fork(join(import.meta.dirname, "../../dist/test/support/postgres.holder.js"), [directory]);
  const [message] = (await once(process, "message")) as [{ url: string }];
  return { process, url: message.url };
};

describe("the embedded Postgres", () => {
  test("keeps what was written over a stop and a start, and a database is made once", async () => {
    const directory = temporaryFolder();
    const first = await startPostgres({ directory });
    const url = await first.ensureDatabase("hifadhi");
    expect(await first.ensureDatabase("hifadhi")).toBe(url);
    await query(url, "CREATE TABLE kept AS SELECT 1 AS one");
    await first.stop();
    const second = await startPostgres({ directory });
    expect(await query(second.urlOf("hifadhi"), "SELECT one FROM kept")).toEqual([{ one: 1 }]);
    await second.stop();
  });

  test("a folder that was copied while it ran is refused, and says so; one that was copied when it had stopped goes on", async () => {
    const [directory, torn, whole] = [temporaryFolder(), temporaryFolder(), temporaryFolder()];
    const server = await startPostgres({ directory });
    await query(await server.ensureDatabase("hifadhi"), "CREATE TABLE kept AS SELECT 1 AS one");
    const copy = (to: string) => promisify(execFile)("cp", ["-a", `${directory}/.`, to]);
    await copy(torn);
    await expect(startPostgres({ directory: torn })).rejects.toThrow("was copied from");
    await server.stop();
    await expect(startPostgres({ directory: torn })).rejects.toThrow("Copy it again with everything stopped.");
    await copy(whole);
    const second = await startPostgres({ directory: whole });
    expect(await query(second.urlOf("hifadhi"), "SELECT one FROM kept")).toEqual([{ one: 1 }]);
    await second.stop();
  });

  test("every commit is on disk before it is acknowledged", async () => {
    const [settings] = await query(
      process.env["TEST_POSTGRES_URL"]!,
      "SELECT current_setting('fsync') AS fsync, current_setting('synchronous_commit') AS commit, current_setting('data_checksums') AS sums",
    );
    expect(settings).toEqual({ fsync: "on", commit: "on", sums: "on" });
  });

  test("nobody gets in without the password, which only its owner can read", async () => {
    const directory = temporaryFolder();
    const server = await startPostgres({ directory });
    const password = join(directory, "password");
    expect((await stat(password)).mode & 0o777).toBe(0o600);
    const url = server.urlOf("postgres").replace(await readFile(password, "utf8"), "wrong");
    await expect(query(url, "SELECT 1")).rejects.toThrow("password authentication failed");
    await server.stop();
  });

  test("whoever uses a database owns it, is no superuser, and reaches no other database", async () => {
    const server = await startPostgres({ directory: temporaryFolder() });
    const [models, keyring] = await Promise.all(["hifadhi", "keyring"].map((name) => server.ensureDatabase(name)));
    expect(await query(models!, "SELECT rolsuper, rolcreaterole, rolbypassrls FROM pg_roles WHERE rolname = current_user")).toEqual([
      { rolsuper: false, rolcreaterole: false, rolbypassrls: false },
    ]);
    for (const [url, other] of [
      [models!, "keyring"],
      [keyring!, "hifadhi"],
      [models!, "postgres"],
    ]) {
      const elsewhere = new URL(url!);
      elsewhere.pathname = `/${other}`;
      await expect(query(elsewhere.href, "SELECT 1")).rejects.toThrow(`permission denied for database "${other}"`);
    }
    await expect(query(models!, "COPY (SELECT 1) TO PROGRAM 'true'")).rejects.toThrow("permission denied");
    // What the migrations of the read models need.
    await query(models!, "CREATE EXTENSION btree_gist; CREATE SCHEMA rebuilt; CREATE TABLE rebuilt.kept (one int)");
    await server.stop();
  });

  test("what an earlier version made as superuser becomes its role's, with all that is in it", async () => {
    const directory = temporaryFolder();
    const before = await startPostgres({ directory });
    await query(before.urlOf("postgres"), "CREATE DATABASE hifadhi");
    await query(
      before.urlOf("hifadhi"),
      `CREATE EXTENSION btree_gist; CREATE SCHEMA exchanged; CREATE SEQUENCE counted;
       CREATE TABLE kept (one int, own int GENERATED ALWAYS AS IDENTITY, more serial); INSERT INTO kept VALUES (1);
       CREATE TABLE exchanged.kept (LIKE kept); CREATE VIEW seen AS SELECT * FROM kept; CREATE MATERIALIZED VIEW stored AS SELECT * FROM kept;
       CREATE FUNCTION told(int) RETURNS int LANGUAGE sql AS 'SELECT $1'`,
    );
    await before.stop();
    const after = await startPostgres({ directory });
    const url = await after.ensureDatabase("hifadhi");
    expect(url).not.toContain(await readFile(join(directory, "password"), "utf8"));
    expect(await query(url, "SELECT one FROM kept")).toEqual([{ one: 1 }]);
    await query(
      url,
      `CREATE EXTENSION IF NOT EXISTS btree_gist; ALTER TABLE kept ADD two int; INSERT INTO kept (one) VALUES (nextval('counted'));
       REFRESH MATERIALIZED VIEW stored; DROP VIEW seen; DROP FUNCTION told(int); ALTER TABLE exchanged.kept RENAME TO moved;
       CREATE TABLE exchanged.more (one int); DROP SCHEMA exchanged CASCADE; CREATE TABLE fresh (one int)`,
    );
    await after.stop();
  });

  test("a second server on the same folder is refused with a sentence", async () => {
    const directory = temporaryFolder();
    const server = await startPostgres({ directory });
    await expect(startPostgres({ directory })).rejects.toThrow(`Another instance is running on ${directory}. Stop it first`);
    await server.stop();
  });

  test("when its owner is killed the server stops, and the next start finds what was committed", async () => {
    const directory = temporaryFolder();
    const { process, url } = await holder(directory);
    await query(url, "CREATE TABLE kept AS SELECT 1 AS one");
    process.kill("SIGKILL");
    await once(process, "exit");
    const next = await startPostgres({ directory });
    expect(await query(next.urlOf("postgres"), "SELECT one FROM kept")).toEqual([{ one: 1 }]);
    await next.stop();
  });

  test("when the server is killed with its owner the next start recovers what was committed", async () => {
    const directory = temporaryFolder();
    const held = await holder(directory);
    await query(held.url, "CREATE TABLE kept AS SELECT 1 AS one");
    const pid = Number((await readFile(join(directory, "cluster/postmaster.pid"), "utf8")).split("\n")[0]);
    held.process.kill("SIGKILL");
    process.kill(pid, "SIGKILL");
    await once(held.process, "exit");
    const next = await startPostgres({ directory });
    expect(await query(next.urlOf("postgres"), "SELECT one FROM kept")).toEqual([{ one: 1 }]);
    await next.stop();
  });

  test("a server that dies by itself says so", async () => {
    const directory = temporaryFolder();
    const server = await startPostgres({ directory });
    const pid = Number((await readFile(join(directory, "cluster/postmaster.pid"), "utf8")).split("\n")[0]);
    process.kill(pid, "SIGKILL");
    await server.ended;
    await server.stop();
  });

  test("each test may have a database of its own", async () => {
    expect(await createDatabase()).not.toBe(await createDatabase());
  });
});
