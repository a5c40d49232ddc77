import { randomUUID } from "node:crypto";
import { Client } from "pg";

/** Makes a fresh database and answers its url: empty, or a copy of another. It goes with the server, when the run ends. */
export async function createDatabase(copyOf?: string): Promise<string> {
  const server = process.env["TEST_POSTGRES_URL"];
  if (!server) throw new Error("TEST_POSTGRES_URL is not set: run this with the e2e project, or set it to a Postgres server.");
  const name = `test_${randomUUID().replaceAll("-", "")}`;
  const client = new Client({ connectionString: server });
  await client.connect();
  try {
    await client.query(`CREATE DATABASE ${name}${copyOf ? ` TEMPLATE ${copyOf}` : ""}`);
  } finally {
    await client.end();
  }
  const url = new URL(server);
  url.pathname = `/${name}`;
  return url.href;
}
