import { inserted } from "#kernel/in-time.js";
import { require, slice, type Instant, type Times } from "#kernel/kernel.js";
import type { Jurisdiction, ReflectionOutcome } from "./vocabulary.js";

// Facts

export type ReflectionFact =
  | { type: "ReflectionPeriodGranted"; data: { period: string; jurisdiction: Jurisdiction; until: Instant } }
  | { type: "ReflectionPeriodExtended"; data: { period: string; until: Instant } }
  | { type: "ReflectionPeriodEnded"; data: { period: string; reason: ReflectionOutcome } };

// State

/** Time to recover and to reflect. */
export interface ReflectionPeriod {
  readonly period: string;
  readonly jurisdiction: Jurisdiction;
  /** Since when. */
  readonly at: Instant;
  /** Until when, as it was extended furthest. */
  readonly until: Instant;
  /** When it ended in fact; null: that was not told. */
  readonly endedAt: Instant | null;
  readonly reason: ReflectionOutcome | null;
}

/** In order of time. */
export type Reflection = readonly ReflectionPeriod[];

/** The later of two: what is told late makes no period shorter. */
export const later = (one: Instant, other: Instant): Instant => (one > other ? one : other);

/**
 * What an extension makes of a period. One that was put on record as elapsed had been extended in truth, where that is told late: it runs on. What
 * she decided herself stands.
 */
export const extended = <P extends Pick<ReflectionPeriod, "until" | "endedAt" | "reason">>(before: P, until: Instant): P => {
  const elapsedTooSoon = before.reason === "Elapsed" && until > before.until;
  return { ...before, until: later(before.until, until), ...(elapsedTooSoon && { endedAt: null, reason: null }) };
};

const changed = (state: Reflection, period: string, change: (before: ReflectionPeriod) => ReflectionPeriod): Reflection =>
  state.map((each) => (each.period === period ? change(each) : each));

export const reflection = slice<ReflectionFact>()<Reflection>([], {
  ReflectionPeriodGranted: (state, { period, jurisdiction, until }, { at }) =>
    inserted(state, { period, jurisdiction, at, until, endedAt: null, reason: null }),
  ReflectionPeriodExtended: (state, { period, until }) => changed(state, period, (before) => extended(before, until)),
  ReflectionPeriodEnded: (state, { period, reason }, { at }) => changed(state, period, (before) => ({ ...before, endedAt: at, reason })),
});

/** The period that ran at a moment, if one did. */
export const reflectionAt = (state: Reflection, moment: Instant): ReflectionPeriod | undefined =>
  state.find(({ at, until, endedAt }) => at <= moment && moment < until && (endedAt === null || moment < endedAt));

/**
 * Asked by every rule that would ask her about cooperation with the authorities, or keep what she said of it: while she recovers and reflects
 * nobody does (Council of Europe Convention on Action against Trafficking, article 13).
 */
export function requireNoReflection(state: Reflection, { at, now }: Pick<Times, "at" | "now">): void {
  const runs = reflectionAt(state, at) ?? reflectionAt(state, now);
  require(!runs, "ReflectionPeriodRuns", runs && { until: runs.until });
}
