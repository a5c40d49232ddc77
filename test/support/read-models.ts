import { Client } from "pg";
import { migrate, readModels } from "#projection/declare/migrations.js";
import { views } from "#domain/domain.js";
import { createDatabase } from "./postgres.js";

/** A client of read models in which nothing is told yet. */
export async function emptyReadModels(): Promise<Client> {
  const url = await createDatabase(process.env["TEST_READ_MODELS"]);
  const source = await readModels(url, views).initialize();
  await migrate(source, views, 1);
  await source.destroy();
  const client = new Client({ connectionString: url });
  await client.connect();
  return client;
}
