import type { Instant } from "#kernel/kernel.js";
import type { WorkKind } from "./vocabulary.js";

/** Something that waits in a case. */
export interface Waiting {
  /** What it is about, such as the id of a consent; it waits once. */
  readonly about: string;
  readonly kind: WorkKind;
  readonly dueAt: Instant;
  /** Who does it, where that was said. */
  readonly assignee: string | null;
  /** When the fact was that told it; of a plan, when it is to be reviewed once it is approved. */
  readonly told: Instant;
  /** Of a step of the plan: towards which goal. */
  readonly goal?: string;
}

/** What waits in a case, after a fact: soonest first. */
export type Work = readonly Waiting[];

/** It waits, in place of what was said of the same before. */
export const waits =
  (
    about: string,
    kind: WorkKind,
    dueAt: Instant,
    { told = dueAt, assignee = null, goal }: { told?: Instant; assignee?: string | null; goal?: string } = {},
  ) =>
  (work: Work): Work =>
    [...work.filter((each) => each.about !== about), { about, kind, dueAt, assignee, told, ...(goal && { goal }) }].toSorted(
      (one, other) => (one.dueAt < other.dueAt ? -1 : Number(one.dueAt > other.dueAt)),
    );

/** It waits no more; with a goal neither do the steps towards it. */
export const isSettled =
  (...about: readonly string[]) =>
  (work: Work): Work =>
    work.filter((each) => !about.includes(each.about) && !(each.goal && about.includes(each.goal)));

/** What waits of this, or undefined. */
export const waitingFor = (work: Work, about: string): Waiting | undefined => work.find((each) => each.about === about);
