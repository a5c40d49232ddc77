import { execFile } from "node:child_process";
import { chmodSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { Client } from "pg";
import { startPostgres } from "#platform/postgres/embedded-postgres.js";
import { temporaryFolder } from "../support/temporary-folder.js";

const script = join(import.meta.dirname, "../../deploy/databases.sh");

/** Stands where psql would: notes the name that a call is about, and its statements. */
const psql = `#!/bin/sh
name=; for given; do case $given in name=*) name=\${given#name=};; esac; done
printf '%s\\n' "-- $name" >> "$NOTES"; cat >> "$NOTES"
`;

/** What the script says to Postgres, with the variables of psql filled in. */
async function statements(rename: (name: string) => string): Promise<string[]> {
  const folder = temporaryFolder();
  const notes = join(folder, "notes");
  writeFileSync(join(folder, "psql"), psql);
  chmodSync(join(folder, "psql"), 0o755);
  await promisify(execFile)("/bin/sh", [script], {
    env: { PATH: `${folder}:${process.env["PATH"]}`, NOTES: notes, POSTGRES_USER: "postgres" },
  });
  return readFileSync(notes, "utf8")
    .split(/^-- /m)
    .slice(1)
    .flatMap((call) => {
      const [name, ...lines] = call.split("\n");
      const sql = lines.filter((line) => !line.startsWith("\\")).join("\n");
      return sql
        .replaceAll(':"name"', `"${rename(name!)}"`)
        .replaceAll(":'password'", "'invented'")
        .split(";");
    })
    .filter((statement) => statement.trim());
}

const query = async (url: string, texts: readonly string[]): Promise<unknown[]> => {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    let rows: unknown[] = [];
    for (const text of texts) rows = (await client.query(text)).rows;
    return rows;
  } finally {
    await client.end();
  }
};

test("the databases of docker-compose.yml belong to a role each, which is no superuser and reaches no other", async () => {
  const server = await startPostgres({ directory: temporaryFolder() });
  // The superuser of this server has the name of one of them.
  await query(server.urlOf("postgres"), await statements((name) => `compose_${name}`));
  const url = (role: string, database: string) => `postgres://compose_${role}:invented@127.0.0.1:${server.port}/${database}`;
  for (const [role, other] of [
    ["hifadhi", "keyring"],
    ["keyring", "hifadhi"],
  ] as const) {
    const rows = await query(url(role, `compose_${role}`), ["SELECT rolsuper FROM pg_roles WHERE rolname = current_user"]);
    expect(rows).toEqual([{ rolsuper: false }]);
    for (const closed of [`compose_${other}`, "postgres"])
      await expect(query(url(role, closed), ["SELECT 1"])).rejects.toThrow(`permission denied for database "${closed}"`);
  }
  // What the migrations of the read models need.
  await query(url("hifadhi", "compose_hifadhi"), ["CREATE EXTENSION btree_gist", "CREATE SCHEMA rebuilt", "CREATE TABLE kept (one int)"]);
  await server.stop();
});
