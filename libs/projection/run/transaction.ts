import type { Pool, PoolClient } from "pg";

/** All of it or nothing, on a connection of its own. */
export async function inTransaction<T>(pool: Pool, work: (client: PoolClient) => Promise<T>, begin = "begin"): Promise<T> {
  const client = await pool.connect();
  let broken: Error | undefined;
  try {
    await client.query(begin);
    const answer = await work(client);
    await client.query("commit");
    return answer;
  } catch (error) {
    broken = error as Error;
    await client.query("rollback").then(
      () => (broken = undefined),
      () => undefined,
    );
    throw error;
  } finally {
    client.release(broken);
  }
}
