import type { EventLog } from "#store/event-log.js";
import { inTransaction } from "../run/transaction.js";
import { viewName, type View } from "../declare/view.js";
import { catchUp } from "./catch-up.js";
import { sumOf } from "./checksum.js";
import { beginView, finishTable, openSet } from "./sets.js";
import { inTurn } from "./turn.js";

/**
 * Folds a view anew as far as it goes: up to the first fact that it cannot take and must not leave out. Slower than a rebuild, because what
 * Postgres refuses must show at its fact. @throws RebuildRunning
 */
export async function foldUpToPoison(log: EventLog, url: string, view: View): Promise<void> {
  const pool = openSet(url, "rebuilt", 3);
  try {
    await inTurn(url, async () => {
      await inTransaction(pool, async (client) => {
        await beginView(client, view, true);
        await finishTable(client, view);
      });
      await catchUp(log, pool, [view], { upToPoison: true });
      const { rows, checksum } = await sumOf(pool, view);
      await pool.query("insert into projection_rebuild (name, rows, checksum, verified_at) values ($1, $2, $3, now())", [
        ...[viewName(view), rows, checksum.toString()],
      ]);
    });
  } finally {
    await pool.end();
  }
}
