import { existsSync } from "node:fs";
import { Client } from "pg";
import { ConfigurationError } from "#platform/configuration/config.js";
import { createKeyFile } from "#seal/key-encryption-key.js";

/**
 * Makes the key file at the very first start. Never later: with a new key, the keys in the keyring and every name sealed with them
 * would be lost for good, and nobody would notice before a name is needed.
 */
export async function ensureKeyFile(file: string, keyringUrl: string): Promise<void> {
  if (existsSync(file)) return;
  if (await inUse(keyringUrl))
    throw new ConfigurationError([`KEY_FILE ${file} is missing, but the keyring is in use: restore the file from its safe copy.`]);
  await createKeyFile(file);
}

async function inUse(keyringUrl: string): Promise<boolean> {
  const client = new Client({ connectionString: keyringUrl });
  await client.connect();
  try {
    const system = ["pg_catalog", "information_schema"];
    return Boolean((await client.query("SELECT FROM pg_tables WHERE schemaname <> ALL ($1) LIMIT 1", [system])).rowCount);
  } finally {
    await client.end();
  }
}
