import { tableOf } from "./columns.js";
import type { Aggregate, Fact } from "#kernel/kernel.js";
import type { SealedPart } from "#seal/sealed.js";
import type { Located, StoredFact } from "#store/stored.js";

/** What one fact means for the row it concerns: the row before -> the row after; null removes it. */
export type Project<Row, F extends Fact> = {
  readonly [T in F["type"]]?: (before: Row | null, fact: Extract<Located<F>, { type: T }>) => Row | null;
};

/** A table folded from facts: disposable, rebuilt when `version` is raised. */
export interface View<Row extends object = object, F extends Fact = Fact> {
  readonly row: new () => Row;
  readonly of: Aggregate<any, F>;
  /**
   * What happens with a fact that a handler cannot take. "park" (if not said): it waits, with all that follows it in its stream, and its
   * row is shown as stale. "stop": the view stands still, because a safeguarding view that leaves something out would do harm; two persons
   * let it pass over a fact. What nobody can read parks its stream in every view.
   */
  readonly onPoison?: "park" | "stop";
  /**
   * For rows that facts of several streams change: what brings all facts of one row together, such as the worker's id. If not said, the
   * stream. Such a view stands still at what it cannot take: what it left out would concern rows of other streams as well.
   */
  readonly routeBy?: (fact: Located<F>) => string;
  /** Raised when `key` or `project` changes. */
  readonly version: number;
  /** Which row a fact concerns. */
  readonly key: (fact: Located<F>) => string;
  readonly project: Project<Row, F>;
  /** Applied to the row after every fact of the aggregate, also those that `project` does not name. */
  readonly always?: (row: Row, fact: Located<F>) => Row;
}

/**
 * Views with one row for each row of another, which is shown with them as parts of it: `{ screening: screeningView }`. So each topic keeps what is
 * its own, and a fact of one writes nothing of another.
 */
export type Sections = Readonly<Record<string, View<any, any>>>;

/** `consent 1`: a raised version is another view, folded from the start. */
export const viewName = (view: View): string => `${tableOf(view.row).table} ${view.version}`;

/** Of the streams of these aggregates, such as `case-`. */
export const prefixesOf = (aggregates: readonly { readonly name: string }[]): string[] => [
  ...new Set(aggregates.map(({ name }) => `${name}-`)),
];

/** The facts an aggregate may hold. */
export type FactsOf<A> = A extends Aggregate<any, infer F> ? F : never;

/** `view(cases)(ConsentView, { version, key, project })`. Handlers are pure, so that a batch folds in memory and is written once. */
export const view =
  <F extends Fact>(of: Aggregate<any, F>) =>
  <Row extends object>(row: new () => Row, rest: Omit<View<Row, F>, "row" | "of">): View<Row, F> => ({ row, of, ...rest });

/** The sealed part of a class that a fact carries about a subject, as a view keeps it; null where there is none. */
export function sealedPart(
  { stream, id, type, personal }: Pick<StoredFact, "stream" | "id" | "type" | "personal">,
  dataClass: string,
  subject?: string,
): SealedPart | null {
  const about = subject ?? Object.keys(personal ?? {}).find((each) => personal![each]![dataClass]);
  const sealed = about === undefined ? undefined : personal?.[about]?.[dataClass];
  return sealed === undefined ? null : { stream, event: id, type, subject: about!, class: dataClass, sealed };
}
