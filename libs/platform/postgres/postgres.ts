import { Client, Pool, type PoolConfig } from "pg";

/** Whoever has asked over the connection is told by what she asked; without a listener Node would end the process besides. */
const lost = (): void => undefined;

/** Connections to Postgres. One that is lost, even in the midst of a transaction, fails what was asked over it, and is replaced. */
export function openPool(url: string, options: PoolConfig = {}): Pool {
  const pool = new Pool({ connectionString: url, keepAlive: true, ...options });
  return pool.on("error", lost).on("connect", (client) => client.on("error", lost));
}

/** One connection of its own, such as a lock is held on. */
export async function openSession(url: string): Promise<Client> {
  const session = new Client({ connectionString: url, keepAlive: true }).on("error", lost);
  await session.connect();
  return session;
}
