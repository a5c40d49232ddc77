import type { Relation } from "#access/relation.js";
import type { Aggregate, Fact, Instant } from "#kernel/kernel.js";
import type { Located } from "#store/stored.js";
import { Inner, Key, ViewOf, type RelationTable } from "./columns.js";
import { view, type View } from "./view.js";

/** What a fact says of who stands in a relation. */
export interface ToldRelation {
  readonly holder: string;
  /** The record that it is to; not said: the one that the fact is about. */
  readonly record?: string;
  /** What tells one of several between the same two apart, such as a stay. */
  readonly key?: string;
  readonly until?: Instant | null;
  readonly ends: boolean;
}

/** `held(worker, { until })`: stands in it from now on, until then. */
export const held = (holder: string, rest: Omit<ToldRelation, "holder" | "ends"> = {}): ToldRelation => ({ holder, ...rest, ends: false });
/** `ended(worker)`: stands in it no longer. */
export const ended = (holder: string, rest: Pick<ToldRelation, "record" | "key"> = {}): ToldRelation => ({ holder, ...rest, ends: true });

type ToldBy<F extends Fact> = { readonly [T in F["type"]]?: (fact: Extract<Located<F>, { type: T }>) => ToldRelation | null };

/** A relation, and the table by which lists are narrowed to it. */
export interface DeclaredRelation<State = any> extends Relation<State> {
  readonly view: View;
  /** The types of fact that say who stands in it. */
  readonly types: readonly string[];
  /** What a fact says of it; null: nothing. */
  readonly told: (fact: Located<Fact>) => ToldRelation | null;
}

interface RelationOptions<State, F extends Fact> extends Omit<Relation<State>, "name" | "of" | "to" | "streamOf"> {
  /** Not said: records of the aggregate itself. */
  readonly to?: string;
  readonly streamOf?: Relation<State>["streamOf"];
  /** Which facts say who stands in it, and who no longer does. Has to agree with `holds`. */
  readonly told: ToldBy<F>;
  /** Raised when `told` changes. */
  readonly version?: number;
}

/**
 * `relation(cases)("team", { as: ({ id }) => [id], holds: (state, { holder, now }) => ..., told: { WorkerAssigned: ({ data }) =>
 * held(data.worker), WorkerLeft: ({ data }) => ended(data.worker) } })`. One record is decided by the state; lists, by a table that `told` fills.
 */
export const relation =
  <State, F extends Fact>(of: Aggregate<State, F>) =>
  (name: string, { told, version = 1, to = of.name, ...rest }: RelationOptions<State, F>): DeclaredRelation<State> => {
    const handlers = told as Readonly<Record<string, ((fact: Located<Fact>) => ToldRelation | null) | undefined>>;
    const toldBy = (fact: Located<Fact>) => (Object.hasOwn(handlers, fact.type) ? (handlers[fact.type]?.(fact) ?? null) : null);
    return {
      streamOf: ({ record }) => record,
      ...rest,
      name,
      to,
      of,
      types: Object.keys(handlers),
      told: toldBy,
      view: viewOf(of, { name, to, bars: rest.bars ?? false }, toldBy, Object.keys(handlers), version),
    };
  };

/** Who stands in it, as its table holds it. */
export interface RelationRow {
  readonly id: string;
  readonly record: string;
  readonly holder: string;
  /** Null: until it is ended. */
  readonly until: Instant | null;
}

const recordIn = ({ record }: ToldRelation, { streamId }: Located<Fact>): string => record ?? streamId;
const keyOf = (said: ToldRelation, fact: Located<Fact>): string => said.key ?? `${recordIn(said, fact)} ${said.holder}`;

function viewOf(
  of: Aggregate<any, any>,
  table: RelationTable,
  told: DeclaredRelation["told"],
  types: readonly string[],
  version: number,
): View {
  const project = (before: RelationRow | null, fact: Located<Fact>): RelationRow | null => {
    const said = told(fact);
    if (!said) return before;
    if (said.ends) return null;
    return { id: keyOf(said, fact), record: recordIn(said, fact), holder: said.holder, until: said.until ?? null };
  };
  return view(of as Aggregate<any, Fact>)(rowOf(table), {
    version,
    key: (fact: Located<Fact>) => {
      const said = told(fact);
      return said ? keyOf(said, fact) : fact.id;
    },
    project: Object.fromEntries(types.map((type) => [type, project])) as never,
  }) as View<any, any>;
}

/** A table of its own, `relation_team`: nobody is shown it, so that no column has an area. */
function rowOf(relation: RelationTable): new () => RelationRow {
  const { name } = relation;
  const pascal = `Relation${name.replaceAll(/(^|-)([a-z])/g, (_, __, letter: string) => letter.toUpperCase())}`;
  const Row = { [pascal]: class {} }[pascal] as new () => RelationRow;
  const prototype = Row.prototype as object;
  Key()(prototype, "id");
  Inner("text")(prototype, "record");
  Inner("text")(prototype, "holder");
  Inner("timestamptz", { optional: true })(prototype, "until");
  ViewOf(pascal, { indexes: [["record"], ["holder", "record", "until"]], relation })(Row);
  return Row;
}
