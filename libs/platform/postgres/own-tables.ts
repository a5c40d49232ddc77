import type { Pool } from "pg";

/** Makes tables that no rebuild touches, where they are not there. Several processes may begin at once: `lock` is theirs alone. */
export async function makeTables(pool: Pool, lock: number, statements: string): Promise<void> {
  const client = await pool.connect();
  try {
    await client.query("begin");
    await client.query("select pg_advisory_xact_lock($1)", [lock]);
    await client.query(statements);
    await client.query("commit");
  } catch (error) {
    await client.query("rollback");
    throw error;
  } finally {
    client.release();
  }
}
