import { v4 as uuidv4, v5 as uuidv5 } from "uuid";
import { traceparent } from "#platform/logging/tracing.js";
import { decide as ask, type Context, type Fact, type Instant, type Personal, type Times } from "#kernel/kernel.js";
import type { Change } from "./change.js";
import { linkHash } from "./chain.js";
import { markOf } from "./marks.js";
import type { NewEvent } from "./appender.js";
import { ledgerKey, type Loaded } from "./states.js";
import type { SealedPersonal } from "#seal/sealed.js";
import type { Metadata } from "./stored.js";

/** Namespace of every id derived here: the same change gives the same ids at every retry. */
const namespace = "4f1e7c3a-9c54-5d0e-8a53-2f6f3b1f7a10";

/**
 * The n-th event id of one decision. A retry of its append sends the same ids, which the store knows for a repeat. The same command decided
 * a second time is another decision with other ids: the store refuses it, and the stream, read afresh, tells of the first.
 */
export const eventId = (stream: string, decision: string, index: number): string => uuidv5(`${stream}|${decision}|${index}`, namespace);

/** The id of a record that a command creates: the same key, sent again, names the same record. */
export const createdId = (aggregate: string, commandId: string): string => uuidv5(`${aggregate}|${commandId}|created`, namespace);

/** The command id of what a policy asks for because of a fact: a redelivery asks for the same. */
export const policyCommandId = (policy: string, factId: string): string => uuidv5(`${policy}|${factId}`, namespace);

/** What the rule decides on this state, with ids that stay the same when it is asked again. */
export function decide(change: Change, stream: string, state: object, times: Times): readonly Fact[] {
  let count = 0;
  const ledger = ledgerKey(change.options);
  const context: Context = {
    ...times,
    actor: change.actor,
    newId: () => uuidv5(`${stream}|${ledger}|id|${count++}`, namespace),
  };
  return ask(change.of, change.rule, state, change.request, context);
}

/** Seals one fact's personal data, bound to its place, and marks the fact as ours. */
export interface SealFact {
  seal(place: { stream: string; event: string; type: string }, personal: Personal): Promise<SealedPersonal>;
  mark(text: string): string;
}

/** The facts as events: sealed, with metadata, chained to the last one in the stream, and marked. */
export async function prepare(
  change: Change,
  { stream, at, requestHash, loaded }: { stream: string; at: Instant; requestHash: string; loaded: Loaded<unknown> },
  facts: readonly Fact[],
  sealer: SealFact,
): Promise<NewEvent[]> {
  const { commandId, source = "api", purpose = "CaseManagement", causationId = commandId, correlationId = commandId } = change.options;
  const { lateReason, imported } = change.options;
  const events: NewEvent[] = [];
  const trace = traceparent();
  const decision = uuidv4();
  let prev = loaded.lastHash;
  for (const [index, { type, data, personal }] of facts.entries()) {
    const id = eventId(stream, decision, index);
    const plainData = JSON.parse(JSON.stringify(data)) as object;
    const body = personal ? { data: plainData, personal: await sealer.seal({ stream, event: id, type }, personal) } : { data: plainData };
    const by = JSON.parse(JSON.stringify(change.actor)) as Metadata["by"];
    const covered = {
      schema: change.of.versions[type] ?? 1,
      at,
      by,
      purpose,
      commandId,
      requestHash,
      source,
      ...(lateReason && { lateReason }),
      ...(imported && { imported }),
      ...(trace && { traceparent: trace }),
      prev,
      $correlationId: correlationId,
      $causationId: causationId,
    };
    const revision = loaded.revision + 1n + BigInt(index);
    const hash = linkHash({ stream, revision, type, body, metadata: covered });
    events.push({ id, type, body, metadata: { ...covered, hash, mark: markOf(sealer, { stream, revision, id, hash }) } });
    prev = hash;
  }
  return events;
}
