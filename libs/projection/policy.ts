import type { Pool } from "pg";
import { Refusal, type Aggregate, type Fact, type Rule } from "#kernel/kernel.js";
import { traced } from "#platform/tracing.js";
import { Change } from "#store/change.js";
import type { Changes } from "#store/changes.js";
import { policyCommandId } from "#store/decide.js";
import { Continuity, inOrder } from "#store/continuity.js";
import { follow, type Batch } from "#store/follow.js";
import { locate } from "#store/states.js";
import { isStreamOf, type Located, type Position, type StoredFact } from "#store/stored.js";
import { positionOf } from "./checkpoints.js";
import { CheckpointMoved } from "./store.js";
import { untilAborted, type Witness } from "./runner.js";

/** A change in another aggregate, asked for because of a fact. */
export interface Asked {
  readonly of: Aggregate<any, any>;
  readonly id: string;
  readonly rule: Rule<any, any, Fact>;
  readonly request: object;
}

/** A fact in one aggregate asks for a Change in another. */
export interface Policy<F extends Fact = Fact> {
  /** Stable: the ids of the changes it asks for derive from it. */
  readonly name: string;
  readonly of: Aggregate<any, F>;
  readonly when: { readonly [T in F["type"]]?: (fact: Extract<Located<F>, { type: T }>) => Asked | null };
}

export const policy =
  <F extends Fact>(of: Aggregate<any, F>) =>
  (name: string, when: Policy<F>["when"]): Policy<F> => ({ name, of, when });

/** Asks for each change once: a redelivered fact asks with the same command id, and a refusal is recorded, never swallowed. */
export async function runPolicy(changes: Changes, pool: Pool, each: Policy<any>, witness: Witness, signal: AbortSignal): Promise<void> {
  const name = `policy ${each.name}`;
  let committed: Position | null = null;
  let continuity = new Continuity();
  const deliver = async ({ facts: delivered, position }: Batch) => {
    const facts = inOrder(delivered);
    continuity.check(facts);
    for (const fact of facts) await ask(changes, pool, each, fact);
    await advance(pool, name, committed, position, facts.length);
    committed = position;
    witness.applied(name, 0, facts.length, position);
  };
  const position = async () => {
    continuity = new Continuity();
    return (committed = await placeOf(pool, name));
  };
  const interrupted = (error: Error) => witness.interrupted(name, error);
  await untilAborted(signal, interrupted, () =>
    follow(changes.log, { prefixes: [`${each.of.name}-`], position, deliver, interrupted }, signal),
  );
}

/** Where the policy is; the row is made here, so that two processes cannot both begin. */
async function placeOf(pool: Pool, name: string): Promise<Position | null> {
  await pool.query("insert into policy_checkpoint (name) values ($1) on conflict do nothing", [name]);
  const { rows } = await pool.query<{ commit: string | null; prepare: string | null }>(
    "select commit_position::text as commit, prepare_position::text as prepare from policy_checkpoint where name = $1",
    [name],
  );
  return positionOf(rows[0]!.commit, rows[0]!.prepare);
}

/** Compare and set: where another process was faster, this one begins again from there. */
async function advance(pool: Pool, name: string, from: Position | null, to: Position, facts: number): Promise<void> {
  const { rowCount } = await pool.query(
    `update policy_checkpoint set commit_position = $3, prepare_position = $4, applied = applied + $5, updated_at = now()
     where name = $1 and commit_position is not distinct from $2::numeric`,
    [name, from?.commit.toString() ?? null, to.commit.toString(), to.prepare.toString(), facts],
  );
  if (rowCount !== 1) throw new CheckpointMoved(`${name} was moved by another process`);
}

async function ask(changes: Changes, pool: Pool, { name, of, when }: Policy<any>, stored: StoredFact): Promise<void> {
  const handler = (when as Record<string, ((fact: unknown) => Asked | null) | undefined>)[stored.type];
  if (!handler || !isStreamOf(of.name, stored.stream)) return;
  const asked = handler(locate(of, stored));
  if (!asked) return;
  const commandId = policyCommandId(name, stored.id);
  const { $correlationId: correlationId, at: occurredAt, purpose } = stored.metadata;
  const options = { commandId, correlationId, causationId: stored.id, occurredAt, purpose, source: "policy" as const };
  try {
    await traced("policy", { attributes: { policy: name }, links: [stored.metadata.traceparent] }, () =>
      changes.apply(new Change(asked.of, asked.id, asked.rule, asked.request, { id: name, role: "policy" }, options)),
    );
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    await pool.query("insert into policy_refusal (command_id, policy, fact_id, code) values ($1, $2, $3, $4) on conflict do nothing", [
      commandId,
      name,
      stored.id,
      error.code,
    ]);
  }
}
