import type { Instant } from "#kernel/kernel.js";
import type { WorkKind } from "./vocabulary.js";

/** What was said last of something that may wait in a case. */
export interface Said {
  /** What it is about, such as the id of a consent; it waits once. */
  readonly about: string;
  readonly kind: WorkKind;
  /** When that was so. */
  readonly at: Instant;
  /** Null: it waits no more, or not yet. */
  readonly dueAt: Instant | null;
  /** Who does it, where that was said. */
  readonly assignee: string | null;
  /** Of a step of the plan: towards which goal. */
  readonly goal?: string;
  /**
   * By when it has to be in any case: help that was asked for by then, a plan that is to be reviewed then. Of time to reflect that was put on record as
   * elapsed: when.
   */
  readonly by?: Instant;
}

/** What a case has waiting, and what of it is over: whatever is told late takes no later word's place. */
export interface Work {
  readonly said: readonly Said[];
  /** Whether the case is closed, since when. */
  readonly closed: { readonly at: Instant; readonly is: boolean } | null;
}
export interface Waiting extends Said {
  readonly dueAt: Instant;
}
export type Step = (work: Work, at: Instant) => Work;

export const nothingWaits: Work = { said: [], closed: null };

const saidOf = ({ said }: Work, about: string): Said | undefined => said.find((each) => each.about === about);

const says = (work: Work, said: Said): Work => {
  const before = saidOf(work, said.about);
  if (before && before.at > said.at) return work;
  return { ...work, said: [...work.said.filter((each) => each !== before), said] };
};

/** It waits until then, in place of what was said of the same before. */
export const waits =
  (
    about: string,
    kind: WorkKind,
    dueAt: Instant | null,
    { assignee = null, goal, by }: { assignee?: string | null; goal?: string; by?: Instant | undefined } = {},
  ): Step =>
  (work, at) =>
    says(work, { about, kind, at, dueAt, assignee, ...(goal && { goal }), ...(by && { by }) });

/** What waits of this becomes another thing, from what was said of it before; nothing, where nothing was. */
export const becomes =
  (about: string, change: (before: Said, at: Instant) => Partial<Said>): Step =>
  (work, at) => {
    const before = saidOf(work, about);
    return before ? says(work, { ...before, at, ...change(before, at) }) : work;
  };

/** It waits no more. */
export const isSettled = (about: string): Step => becomes(about, () => ({ dueAt: null }));

/** Nothing is worked at while a case is closed; what waits is there again when it is reopened. */
export const isClosed =
  (is: boolean): Step =>
  (work, at) =>
    work.closed && work.closed.at > at ? work : { ...work, closed: { at, is } };

/**
 * What is owed of a case that is closed as well: an answer to whoever told of her, an answer to who authorises what is done without consent, and a review of it,
 * and an incident that
 * is not settled.
 */
const owedWhenClosed: readonly WorkKind[] = ["Acknowledgement", "EmergencyConfirmation", "EmergencyReview", "Incident"];

/** What waits, soonest first. With a goal the steps towards it are over. */
export function waitingIn(work: Work): readonly Waiting[] {
  const isOver = (about: string | undefined) => about !== undefined && saidOf(work, about)?.dueAt === null;
  return work.said
    .filter((each): each is Waiting => each.dueAt !== null && !isOver(each.goal))
    .filter(({ kind }) => !work.closed?.is || owedWhenClosed.includes(kind))
    .toSorted((one, other) => (one.dueAt < other.dueAt ? -1 : Number(one.dueAt > other.dueAt)));
}
