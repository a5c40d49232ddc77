import type { Delivery } from "#store/follow.js";
import { apart } from "#store/recorded.js";
import type { StoredEvent } from "#store/stored.js";
import type { MemoryLog } from "./memory-log.js";

type UpTo = (count: number) => number;

/**
 * What a subscription gives next: a run of facts, perhaps some of them again, in another order, or without one from their midst; or only word of how
 * far it looked, which may be wrong. `random`: null, where there is no trouble.
 */
export function nextDelivery(
  log: MemoryLog,
  told: readonly StoredEvent[],
  from: bigint,
  random: (() => number) | null,
  upTo: UpTo,
): Delivery | null {
  const dice = random?.() ?? 1;
  const at = (commit: bigint) => ({ commit, prepare: commit });
  if (dice < 0.05) return { facts: [], foreign: [], position: at(log.events.at(-1)!.position.commit + BigInt(upTo(500)) + 1n) };
  if (dice < 0.1 && from >= 20n) return { facts: [], foreign: [], position: at(from - 20n) };
  const again = dice < 0.2 ? 20n : 0n;
  const events = told.filter(({ position }) => position.commit > from - again).slice(0, 1 + upTo(8));
  if (dice >= 0.2 && dice < 0.27) shuffle(events, upTo);
  else if (dice >= 0.27 && dice < 0.34) leaveOut(events);
  return events.length > 0 ? { ...apart(events), position: events.at(-1)!.position } : null;
}

function shuffle(facts: StoredEvent[], upTo: UpTo): void {
  for (let left = facts.length; left > 1; left--) facts.push(facts.splice(upTo(left), 1)[0]!);
}

/** One that stands between two others of its stream. */
function leaveOut(facts: StoredEvent[]): void {
  const hasAround = (fact: StoredEvent) =>
    facts.filter(({ stream, revision }) => stream === fact.stream && (revision === fact.revision - 1n || revision === fact.revision + 1n));
  const lost = facts.findIndex((fact) => hasAround(fact).length === 2);
  if (lost >= 0) facts.splice(lost, 1);
}
