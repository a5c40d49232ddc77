import type { Refusal } from "#kernel/kernel.js";
import { traced } from "#platform/logging/tracing.js";
import { Change } from "#store/change.js";
import type { Changes } from "#store/changes.js";
import { policyCommandId } from "#store/decide.js";
import type { StoredFact } from "#store/stored.js";
import { Arrival } from "./arrival.js";
import { askedBy, type Policy } from "../declare/policy.js";
import type { PolicyRefusal } from "./policy-store.js";
import { meaningOf } from "./transient.js";
import { growingPause } from "./until-aborted.js";

/** How often a record that others write to is tried anew: half a minute or so. */
const mostContended = 7;

/** What became of one fact for one policy. */
export interface Outcome {
  /** A rule said no. */
  readonly refusal: PolicyRefusal | null;
  /** It cannot be done. */
  readonly error: Error | null;
}

export interface PolicyAsking {
  readonly changes: Pick<Changes, "apply">;
  /** Waits so many milliseconds. @throws where it is of no use to wait on */
  readonly wait: (milliseconds: number) => Promise<void>;
  /** Told whenever something that passes by itself is waited for. */
  readonly interrupted: (error: Error) => void;
}

/** Asks for what a fact asks for, until there is an answer: a redelivered fact asks with the same command id, whatever the rule is called. */
export async function ask({ changes, wait, interrupted }: PolicyAsking, policy: Policy<any>, { of, stored }: Arrival): Promise<Outcome> {
  for (let failures = 0; ; failures++) {
    try {
      const change = changeOf(policy, new Arrival(of, stored));
      if (change) await traced("policy", traceOf(policy, stored as StoredFact), () => changes.apply(change));
      return { refusal: null, error: null };
    } catch (error) {
      const meaning = meaningOf(error);
      if (meaning === "refused") return { refusal: refusalOf(policy, stored as StoredFact, error as Refusal), error: null };
      if (meaning === "park" || (meaning === "contended" && failures >= mostContended)) return { refusal: null, error: error as Error };
      interrupted(error as Error);
      await wait(growingPause(failures));
    }
  }
}

/** The change that a policy asks for; null: none. @throws what its handler throws, and where the event cannot be read */
export function changeOf(policy: Policy<any>, { today, stored }: Arrival): Change | null {
  const asked = askedBy(policy, today);
  if (!asked) return null;
  const { $correlationId: correlationId, at, purpose } = (stored as StoredFact).metadata;
  const commandId = policyCommandId(policy.name, stored.id);
  const options = {
    commandId,
    correlationId,
    causationId: stored.id,
    occurredAt: asked.occurredAt ?? at,
    purpose,
    source: "policy" as const,
  };
  return new Change(asked.of, asked.id, asked.rule, asked.request, { id: policy.name, role: "policy" }, options);
}

const traceOf = ({ name }: Policy<any>, { metadata }: StoredFact) => ({ attributes: { policy: name }, links: [metadata.traceparent] });

const refusalOf = ({ name }: Policy<any>, { id, stream, revision }: StoredFact, { code }: Refusal): PolicyRefusal => ({
  commandId: policyCommandId(name, id),
  policy: name,
  factId: id,
  stream,
  revision,
  code,
});
