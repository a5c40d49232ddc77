import { inserted } from "#kernel/in-time.js";
import { slice, type Instant } from "#kernel/kernel.js";
import type { Relation, UnlinkReason } from "./vocabulary.js";

// Facts

/** Told in both cases, each from its own side. Nothing is ever merged. */
export type RelatedCaseFact =
  | { type: "RelatedCaseLinked"; data: { link: string; related: string; relation: Relation; requestedBy: string } }
  | { type: "RelatedCaseConfirmed"; data: { link: string; related: string; confirmedBy: string } }
  | { type: "RelatedCaseUnlinked"; data: { link: string; related: string; reason: UnlinkReason } };

// State

export interface RelatedCase {
  /** The same in both cases. */
  readonly link: string;
  /** The other case. */
  readonly related: string;
  readonly relation: Relation;
  readonly at: Instant;
  readonly requestedBy: string;
  /** When somebody checked it; null: nobody has. */
  readonly confirmedAt: Instant | null;
  /** Null: it stands. */
  readonly unlinkedAt: Instant | null;
}

/** In order of time, with those that stand no more. */
export type RelatedCases = readonly RelatedCase[];

const changed = (state: RelatedCases, link: string, change: Partial<RelatedCase>): RelatedCases =>
  state.map((each) => (each.link === link ? { ...each, ...change } : each));

export const relatedCases = slice<RelatedCaseFact>()<RelatedCases>([], {
  RelatedCaseLinked: (state, data, { at }) => inserted(state, { ...data, at, confirmedAt: null, unlinkedAt: null }),
  RelatedCaseConfirmed: (state, { link }, { at }) => changed(state, link, { confirmedAt: at }),
  RelatedCaseUnlinked: (state, { link }, { at }) => changed(state, link, { unlinkedAt: at }),
});
