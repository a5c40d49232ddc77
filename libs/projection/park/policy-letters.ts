import type { Pool } from "pg";
import type { Changes } from "#store/changes.js";
import type { EventLog } from "#store/event-log.js";
import { Arrival, codeOf } from "../run/arrival.js";
import { ask, changeOf } from "../run/ask.js";
import { parkedEvents, parkedOf, StillPoison } from "./dead-letters.js";
import { heeds, policyName, type Policy } from "../declare/policy.js";
import { letterOf } from "../run/policy-runner.js";
import type { PolicyRefusal, PostgresPolicyStore } from "../run/policy-store.js";
import { skipOf, type DeadLetter } from "../run/store.js";
import { takenOver } from "./taken-over.js";

/** What a parked fact asks for: no value of the request, because it may be about a person. */
export interface PolicyPreview {
  readonly revision: string;
  readonly type: string;
  /** Null: nothing, or it cannot be told (see `error`). */
  readonly aggregate: string | null;
  readonly id: string | null;
  readonly rule: string | null;
  readonly error: string | null;
}

/** What would be asked for if it were replayed now. @throws NothingParked, StillPoison */
export async function previewPolicy(log: EventLog, pool: Pool, policy: Policy<any>, stream: string): Promise<PolicyPreview[]> {
  const name = policyName(policy);
  const events = await parkedEvents(log, name, stream, await parkedOf(pool, name, stream));
  return events
    .filter((event) => heeds(policy, event))
    .map((event) => {
      const place = { revision: event.revision.toString(), type: event.type };
      try {
        const change = changeOf(policy, new Arrival(policy.of, event));
        return { ...place, aggregate: change?.of.name ?? null, id: change?.id ?? null, rule: change?.rule.name ?? null, error: null };
      } catch (error) {
        return { ...place, aggregate: null, id: null, rule: null, error: codeOf(error) };
      }
    });
}

/**
 * Asks for what is parked of a stream, in order, as far as it can be done; what was done is parked no more. Answers how many facts that were.
 * Nothing is waited for: what is away is told. @throws NothingParked, StillPoison, and what passes by itself
 */
export const replayPolicy = (...given: Parameters<typeof replayOnce>): Promise<number> => takenOver(() => replayOnce(...given));

async function replayOnce(
  log: EventLog,
  changes: Pick<Changes, "apply">,
  store: PostgresPolicyStore,
  policies: readonly Policy<any>[],
  policy: Policy<any>,
  stream: string,
): Promise<number> {
  const name = policyName(policy);
  // Whoever follows the policies loses them for a moment: nothing of this stream is parked meanwhile that would stay behind.
  const standing = await store.takeOver(policies.map(policyName));
  const place = await parkedOf(store.pool, name, stream);
  const events = (await parkedEvents(log, name, stream, place)).filter((event) => heeds(policy, event));
  const refusals: PolicyRefusal[] = [];
  const skipped: DeadLetter[] = [];
  const unwaiting = { changes, wait: () => Promise.resolve(), interrupted: rethrow };
  let done = 0;
  for (const event of events) {
    const { refusal, error } = await ask(unwaiting, policy, new Arrival(policy.of, event));
    if (refusal) refusals.push(refusal);
    if (error && !standing.skips.has(skipOf(name, event))) {
      const code = codeOf(error);
      await store.unpark(standing, name, { stream, last: event.revision - 1n, refusals, skipped, still: { event, code } });
      throw new StillPoison(name, stream, error);
    }
    if (error) skipped.push(letterOf(name, event, error, true));
    else done++;
  }
  await store.unpark(standing, name, { stream, last: place.last, refusals, skipped, still: null });
  return done;
}

const rethrow = (error: Error): never => {
  throw error;
};
