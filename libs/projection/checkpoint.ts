import type { Pool, PoolClient } from "pg";
import type { Position } from "#store/stored.js";

/** Somebody else has moved the checkpoint: this process no longer owns the view, and nothing of its batch is kept. */
export class CheckpointMoved extends Error {
  readonly code = "CheckpointMoved";
}

/** Channel on which every committed batch tells how far its view is. */
export const progressChannel = "projection_progress";

/** A view's place in the log, kept in the transaction of its rows. */
export class Checkpoint {
  constructor(
    readonly pool: Pool,
    readonly name: string,
  ) {}

  /** The committed position, null before the first batch. The row is made here, so that two processes cannot both begin. */
  async read(): Promise<Position | null> {
    await this.pool.query("insert into projection_checkpoint (name) values ($1) on conflict do nothing", [this.name]);
    const { rows } = await this.pool.query<{ commit: string | null; prepare: string | null }>(
      "select commit_position::text as commit, prepare_position::text as prepare from projection_checkpoint where name = $1",
      [this.name],
    );
    const { commit, prepare } = rows[0]!;
    return commit === null || prepare === null ? null : { commit: BigInt(commit), prepare: BigInt(prepare) };
  }

  /** First statement of a batch: compare and set, exactly one row or nothing of the batch is kept. */
  async advance(client: PoolClient, from: Position | null, to: Position, facts: number): Promise<void> {
    const { rowCount } = await client.query({
      name: "advance checkpoint",
      text: `update projection_checkpoint set commit_position = $3, prepare_position = $4, applied = applied + $5, updated_at = now()
        where name = $1 and commit_position is not distinct from $2::numeric`,
      values: [this.name, from?.commit.toString() ?? null, to.commit.toString(), to.prepare.toString(), facts],
    });
    if (rowCount !== 1) throw new CheckpointMoved(`${this.name} was moved by another process`);
    await client.query(`select pg_notify('${progressChannel}', $1)`, [JSON.stringify({ name: this.name, commit: to.commit.toString() })]);
  }
}
