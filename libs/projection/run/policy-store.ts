import type { Pool } from "pg";
import type { StoredEvent } from "#store/stored.js";
import { advance, holds, takeOver } from "./checkpoints.js";
import { begin, forget, keepLetters, requireOwn } from "./postgres-store.js";
import type { DeadLetter, Standing, Work } from "./store.js";
import { inTransaction } from "./transaction.js";

/** A rule said no to what a policy asked for. */
export interface PolicyRefusal {
  readonly commandId: string;
  readonly policy: string;
  readonly factId: string;
  readonly stream: string;
  readonly revision: bigint;
  readonly code: string;
}

/** What one batch makes of the policies. */
export type PolicyWork = Omit<Work, "rows" | "reached"> & { readonly refusals: readonly PolicyRefusal[] };

/** Where it is kept how far policies are, as their reader needs it. */
export interface PolicyStore {
  /** Takes them over: whoever had them before can move nothing any more. */
  takeOver(policies: readonly string[]): Promise<Standing>;
  /** All of it or nothing. @throws CheckpointMoved */
  commit(standing: Standing, work: PolicyWork): Promise<void>;
  holds(standing: Standing): Promise<boolean>;
}

/** Policies are one unit of work: one reader, whose checkpoints move together. */
const partition = 0;

export class PostgresPolicyStore implements PolicyStore {
  constructor(readonly pool: Pool) {}

  takeOver(policies: readonly string[]): Promise<Standing> {
    return takeOver(this.pool, 1, partition, policies);
  }

  holds(standing: Standing): Promise<boolean> {
    return holds(this.pool, [standing]);
  }

  async commit(standing: Standing, work: PolicyWork): Promise<void> {
    await inTransaction(
      this.pool,
      async (client) => {
        await advance(client, standing, work);
        if (work.letters.length > 0) await keepLetters(client, work.letters);
        await keepRefusals(client, work.refusals);
      },
      begin,
    );
  }

  /** What was parked of a stream up to a revision is done; of what is left, the first one cannot be. @throws CheckpointMoved */
  async unpark(
    { epoch }: Standing,
    policy: string,
    done: { stream: string; last: bigint; refusals: readonly PolicyRefusal[]; skipped: readonly DeadLetter[]; still: StillParked | null },
  ): Promise<void> {
    await inTransaction(this.pool, async (client) => {
      await requireOwn(client, policy, partition, epoch);
      await forget(client, policy, done.stream, done.last);
      if (done.skipped.length > 0) await keepLetters(client, done.skipped);
      await keepRefusals(client, done.refusals);
      if (!done.still) return;
      await client.query("update projection_dead_letter set error = $4 where view = $1 and stream = $2 and revision = $3", [
        ...[policy, done.stream, done.still.event.revision.toString(), done.still.code],
      ]);
    });
  }
}

interface StillParked {
  readonly event: StoredEvent;
  readonly code: string;
}

async function keepRefusals(client: Pick<Pool, "query">, refusals: readonly PolicyRefusal[]): Promise<void> {
  for (const { commandId, policy, factId, stream, revision, code } of refusals)
    await client.query(
      `insert into policy_refusal (command_id, policy, fact_id, stream, revision, code) values ($1, $2, $3, $4, $5, $6)
       on conflict do nothing`,
      [commandId, policy, factId, stream, revision.toString(), code],
    );
}
