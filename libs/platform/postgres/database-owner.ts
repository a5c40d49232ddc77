import { Client } from "pg";

/** The role that owns a database of the embedded Postgres: no superuser, and no other role may connect to the database. */
export const ownerOf = (database: string): string => `${database}_owner`;

/** Any number that nothing else locks in the database `postgres`. */
const lock = 5_820_174;

/** A database to be made, and a role without sign-in, if any, as which its owner may ask. */
export interface OwnedDatabase {
  readonly database: string;
  readonly reader?: string | undefined;
}

/** Makes the role and its database unless they are there, and gives the role this password. `urlOf`: a superuser's url of a database. */
export async function ensureOwnedDatabase(
  urlOf: (database: string) => string,
  { database, reader }: OwnedDatabase,
  password: string,
): Promise<void> {
  const adopts = await withClient(urlOf("postgres"), async (client) => {
    const [role, name] = [client.escapeIdentifier(ownerOf(database)), client.escapeIdentifier(database)];
    await client.query("SELECT pg_advisory_lock($1)", [lock]);
    const { rowCount: known } = await client.query("SELECT FROM pg_roles WHERE rolname = $1", [ownerOf(database)]);
    if (!known) await client.query(`CREATE ROLE ${role}`);
    const rights = "LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS";
    await client.query(`ALTER ROLE ${role} ${rights} PASSWORD ${client.escapeLiteral(password)}`);
    if (reader !== undefined) {
      const { rowCount: isMade } = await client.query("SELECT FROM pg_roles WHERE rolname = $1", [reader]);
      if (!isMade) await client.query(`CREATE ROLE ${client.escapeIdentifier(reader)} NOLOGIN`);
      await client.query(`GRANT ${client.escapeIdentifier(reader)} TO ${role}`);
    }
    const { rows: owners } = await client.query<{ owner: string }>(
      "SELECT pg_get_userbyid(datdba) AS owner FROM pg_database WHERE datname = $1",
      [database],
    );
    if (!owners[0]) await client.query(`CREATE DATABASE ${name} OWNER ${role}`);
    await client.query(`REVOKE ALL ON DATABASE ${name} FROM PUBLIC`);
    await client.query("REVOKE ALL ON DATABASE postgres FROM PUBLIC");
    return owners[0] && owners[0].owner !== ownerOf(database);
  });
  if (adopts) await withClient(urlOf(database), (client) => adopt(client, database));
}

/** What was made under the superuser, as earlier versions did, becomes the role's; what belongs to an extension stays with it. */
async function adopt(client: Client, database: string): Promise<void> {
  const [role, name] = [client.escapeIdentifier(ownerOf(database)), client.escapeIdentifier(database)];
  const own = (catalog: string) => `NOT EXISTS (SELECT FROM pg_depend WHERE classid = '${catalog}'::regclass AND objid = each.oid
    AND deptype IN ('e', 'a', 'i')) AND namespace.nspname !~ '^pg_' AND namespace.nspname <> 'information_schema'`;
  const { rows } = await client.query<{ what: string }>(`
    SELECT format('SCHEMA %I', namespace.nspname) AS what FROM pg_namespace namespace
      WHERE namespace.nspname !~ '^pg_' AND namespace.nspname NOT IN ('information_schema', 'public')
    UNION ALL SELECT format('ROUTINE %s', each.oid::regprocedure) FROM pg_proc each
      JOIN pg_namespace namespace ON namespace.oid = pronamespace WHERE ${own("pg_proc")}
    UNION ALL SELECT format('%s %I.%I', CASE relkind WHEN 'v' THEN 'VIEW' WHEN 'm' THEN 'MATERIALIZED VIEW' WHEN 'S' THEN 'SEQUENCE'
      ELSE 'TABLE' END, namespace.nspname, relname) FROM pg_class each JOIN pg_namespace namespace ON namespace.oid = relnamespace
      WHERE relkind IN ('r', 'p', 'v', 'm', 'S') AND ${own("pg_class")}`);
  const changes = [...rows.map(({ what }) => what), `DATABASE ${name}`].map((what) => `ALTER ${what} OWNER TO ${role}`);
  await client.query(["BEGIN", ...changes, "COMMIT"].join(";\n"));
}

async function withClient<T>(url: string, work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
