import type { Pool, PoolClient } from "pg";
import type { EventLog } from "#store/event-log.js";
import type { StoredFact } from "#store/stored.js";
import { addFindings, countFindings, type ChainFinding } from "./chain-records.js";
import { Chains } from "./chains.js";
import { sets } from "../rebuild/sets.js";

/** How many facts are judged at a time. */
const atATime = 2_000;
/** What is cut off many streams is told of so many of them. */
const mostMissing = 1_000;

/**
 * Looks through every chain of the log from its start, those that nobody follows as well, and holds their ends against how far they were
 * seen before. How far it has seen them itself is kept by Postgres for its session, under the name of the table that is kept for good.
 */
export class ChainAudit {
  #waiting: StoredFact[] = [];

  private constructor(
    readonly client: PoolClient,
    readonly chains: Chains,
    readonly alarm: (finding: ChainFinding) => void,
  ) {}

  static async open(log: EventLog, pool: Pool, alarm: (finding: ChainFinding) => void): Promise<ChainAudit> {
    const client = await pool.connect();
    await client.query(`set statement_timeout = '15min'; create temporary table chain_end (like ${sets.live}.chain_end including all)`);
    return new ChainAudit(client, new Chains(log, client, alarm), alarm);
  }

  /** The session's table goes with its connection. */
  close(): void {
    this.client.release(true);
  }

  async take(fact: StoredFact): Promise<void> {
    if (this.#waiting.push(fact) >= atATime) await this.#check();
  }

  /** Everything up to `head` was taken. Answers in how many places something does not fit, as long as nobody has looked into it. */
  async conclude(head: bigint): Promise<number> {
    await this.#check();
    await this.chains.keep();
    const { rows } = await this.client.query<Record<"stream" | "revision" | "position" | "kind", string>>(
      `select kept.stream, kept.position::text, case when seen.hash <> kept.hash and seen.revision = kept.revision then 'broken' else 'missing' end as kind,
         (case when seen.revision = kept.revision then kept.revision else coalesce(seen.revision, -1) + 1 end)::text as revision
       from ${sets.live}.chain_end as kept left join pg_temp.chain_end as seen using (stream)
       where kept.position <= $1
         and (seen.stream is null or seen.revision < kept.revision or (seen.revision = kept.revision and seen.hash <> kept.hash))
       order by kept.stream limit ${mostMissing}`,
      [head.toString()],
    );
    const missing = rows.map(({ stream, revision, position, kind }): ChainFinding => ({
      stream,
      revision: BigInt(revision),
      position: BigInt(position),
      kind: kind as ChainFinding["kind"],
    }));
    for (const finding of await addFindings(this.client, missing)) this.alarm(finding);
    await this.client.query(
      `insert into ${sets.live}.chain_end select * from pg_temp.chain_end
       on conflict (stream) do update set revision = excluded.revision, position = excluded.position, hash = excluded.hash
       where chain_end.position < excluded.position`,
    );
    const { forged, broken, missing: cut } = await countFindings(this.client);
    return forged + broken + cut;
  }

  async #check(): Promise<void> {
    const facts = this.#waiting;
    this.#waiting = [];
    await this.chains.check(facts);
  }
}
