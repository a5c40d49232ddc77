import { require, type Actor, type Instant } from "#kernel/kernel.js";

/** Why something is told later than the window for late entries allows. */
export const lateReasons = ["KeptOnPaper", "NoConnection", "WorkerAway", "DisclosedLater", "FoundInReview"] as const;
export type LateReason = (typeof lateReasons)[number];

/** A supervisor may tell what happened so many days ago, with a reason; what is older is brought in as history. */
const mostDays = 366;
const day = 86_400_000;

interface Entry {
  readonly at: Instant;
  readonly now: Instant;
  readonly actor: Pick<Actor, "role">;
  readonly reason?: LateReason | undefined;
  /** How many days back anybody may tell of. */
  readonly days: number;
}

/** With what it may be refused. */
export const lateRefusals = ["TooLate", "LateEntryNeedsSupervisor", "LateReasonMissing"] as const;

/** What is told long after it happened is told by a supervisor herself, and says why. @throws Refusal */
export function requireTimely({ at, now, actor, reason, days }: Entry): void {
  const late = Date.parse(now) - Date.parse(at);
  if (late <= days * day) return;
  require(late <= mostDays * day, "TooLate", { days: mostDays });
  require(actor.role === "supervisor", "LateEntryNeedsSupervisor", { days });
  require(reason, "LateReasonMissing", { days });
}
