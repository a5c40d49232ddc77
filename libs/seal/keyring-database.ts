import { openPool } from "#platform/postgres/postgres.js";
import { DatabaseError, type Pool, type QueryResult, type QueryResultRow } from "pg";
import * as errors from "./errors.js";
import { prepareKeyring } from "./keyring-schema.js";

/** The keyring's own Postgres database. Whatever keeps it from answering is a KeyringUnavailable. */
export class KeyringDatabase {
  private constructor(private readonly pool: Pool) {}

  static async open(url: string): Promise<KeyringDatabase> {
    const pool = openPool(url, { max: 4, connectionTimeoutMillis: 5_000, query_timeout: 10_000 });
    try {
      await prepareKeyring(pool);
      return new KeyringDatabase(pool);
    } catch (error) {
      await pool.end();
      throw asOutage(error);
    }
  }

  async ask<Row extends QueryResultRow>(text: string, values: unknown[]): Promise<QueryResult<Row>> {
    return this.pool.query<Row>(text, values).catch((error: unknown) => {
      throw asOutage(error);
    });
  }

  close(): Promise<void> {
    return this.pool.end();
  }
}

/** Postgres refusing what we asked (data, constraint, statement, trigger) is our fault; anything else keeps it from answering. */
export const asOutage = (error: unknown): unknown => {
  const ours = error instanceof Error && "code" in error && String(error.code) in errors;
  return ours || (error instanceof DatabaseError && /^(22|23|42|P0)/.test(error.code ?? ""))
    ? error
    : new errors.KeyringUnavailable({ cause: error });
};
