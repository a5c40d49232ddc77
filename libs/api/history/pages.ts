import type { ProtectedRecord } from "#access/record.js";
import type { Integrity } from "#store/stored.js";
import type { Call } from "../operations/operation.js";
import type { JudgedFact } from "./entries.js";
import { steps, type Step } from "./snapshots.js";

/** A revision that no record reaches. */
const afterAll = 2n ** 62n;

/** What a page is asked for. */
export interface Asking {
  readonly stream: string;
  readonly isAsked: (fact: JudgedFact) => boolean;
  readonly first: number;
  /** The last entry of the page before. */
  readonly last: bigint | undefined;
}
/** A page, and whether more follow it. `whole`: of everything up to its end. */
export interface Page {
  readonly page: readonly Step[];
  readonly more: boolean;
  readonly whole: Integrity;
}

/** In the order in which it was recorded. */
export async function forwards(
  { of }: ProtectedRecord,
  services: Call["services"],
  { stream, isAsked, first, last = -1n }: Asking,
): Promise<Page> {
  const { snapshots } = services;
  const from = snapshots.before(of, stream, last + 1n);
  const page: Step[] = [];
  let whole = from.whole;
  for await (const step of steps(services, of, stream, from)) {
    if (step.stored.revision > last && isAsked(step)) {
      if (page.length === first) return { page, more: true, whole };
      page.push(step);
    }
    whole = step.folded.whole;
  }
  return { page, more: false, whole };
}

/** From the end, or from the entry before which the page begins, back to where enough is found: window by window, each folded forwards. */
export async function backwards(
  { of }: ProtectedRecord,
  services: Call["services"],
  { stream, isAsked, first, last }: Asking,
): Promise<Page> {
  const { snapshots } = services;
  let end = last ?? afterAll;
  let found: Step[] = [];
  let whole: Integrity = "intact";
  let isLast = true;
  for (;;) {
    const from = snapshots.before(of, stream, end - 1n);
    const window: Step[] = [];
    let wholeHere = from.whole;
    for await (const step of steps(services, of, stream, from)) {
      if (step.stored.revision >= end) break;
      wholeHere = step.folded.whole;
      if (!isAsked(step)) continue;
      window.push(step);
      // What lies further back is not on this page.
      if (window.length > first + 1 - found.length) window.shift();
    }
    if (isLast) whole = wholeHere;
    isLast = false;
    found = window.concat(found);
    if (found.length > first || from.next === 0n) break;
    end = from.next;
  }
  return { page: found.slice(-first).toReversed(), more: found.length > first, whole };
}

/**
 * In the order in which it happened (`1`), or the other way round (`-1`): what was told late stands in its place. All of the record is looked through,
 * since the last that was told may have happened first.
 */
export const timeline =
  (direction: 1 | -1) =>
  async ({ of }: ProtectedRecord, services: Call["services"], { stream, isAsked, first, last }: Asking): Promise<Page> => {
    const found: { readonly at: string; readonly revision: bigint }[] = [];
    let whole: Integrity = "intact";
    for await (const step of steps(services, of, stream, services.snapshots.before(of, stream, 0n))) {
      whole = step.folded.whole;
      // What a stranger wrote happened at no time that could be believed.
      if (step.integrity !== "forged" && isAsked(step)) found.push({ at: step.stored.metadata.at, revision: step.stored.revision });
    }
    const inTurn = found.toSorted((one, other) => {
      const later = one.at === other.at ? one.revision > other.revision : one.at > other.at;
      return later ? direction : -direction;
    });
    const begin = last === undefined ? 0 : inTurn.findIndex(({ revision }) => revision === last) + 1;
    const shown = inTurn.slice(begin, begin + first).map(({ revision }) => revision);
    const page = await told(of, services, stream, shown);
    return { page: shown.map((revision) => page.get(revision)!), more: inTurn.length > begin + first, whole };
  };

/** These facts, with the states before and after each: those of all the others are kept in no memory. */
async function told(
  of: ProtectedRecord["of"],
  services: Call["services"],
  stream: string,
  revisions: readonly bigint[],
): Promise<ReadonlyMap<bigint, Step>> {
  const wanted = new Set(revisions);
  const kept = new Map<bigint, Step>();
  const [lowest = 0n] = [...wanted].toSorted((one, other) => Number(one - other));
  for await (const step of steps(services, of, stream, services.snapshots.before(of, stream, lowest))) {
    if (wanted.delete(step.stored.revision)) kept.set(step.stored.revision, step);
    if (wanted.size === 0) break;
  }
  return kept;
}
