import type { Actor, Aggregate, Instant } from "#kernel/kernel.js";
import { areasOfOneself } from "./cells.js";
import type { Area } from "./areas.js";
import type { Stand, Standing } from "./decide.js";
import type { Role } from "./roles.js";

/** Who asks, about which record, and when. */
export interface RelationQuestion {
  readonly actor: Actor;
  readonly record: string;
  readonly now: Instant;
}

/** A way in which somebody may stand to a record, as the log itself tells it. */
export interface Relation<State = any> {
  /** Such as `team`. */
  readonly name: string;
  /** The name of the aggregate whose records it is to, such as `case`. */
  readonly to: string;
  /** The aggregate whose stream tells of it. */
  readonly of: Aggregate<State, any>;
  /** Whose stream tells; of the record's own aggregate the record itself. Undefined: there is none, and the relation does not hold. */
  readonly streamOf: (asked: RelationQuestion) => string | undefined;
  /** As what she stands in it: by her own id, or by her shelter's, her organisation's, her district's. */
  readonly as: (actor: Actor) => readonly (string | undefined)[];
  readonly holds: (state: State, asked: RelationQuestion & { readonly holder: string }) => boolean;
  /** For whom it counts; not said: for every role. */
  readonly roles?: readonly Role[];
  /** A wall: whoever stands in it is kept out. */
  readonly bars?: boolean;
  /** What it does not open. */
  readonly closed?: (state: State, asked: RelationQuestion & { readonly holder: string }) => readonly Area[];
  /** What it opens to whoever may read that by a grant alone. */
  readonly opens?: (state: State, asked: RelationQuestion & { readonly holder: string }) => readonly Area[];
  /** It opens nothing to be changed. */
  readonly readOnly?: boolean;
  /** False: it opens the record itself, and no list. */
  readonly listed?: boolean;
}

/** Roles that check others' work: they stand to every record, unless a wall keeps them out. */
export const overseers: readonly string[] = ["auditor", "data-protection-officer"] satisfies readonly Role[];

/** Does a relation count for somebody at all? Walls count for everybody. */
export const counts = ({ roles, bars }: Relation, { role }: Actor): boolean =>
  bars === true || roles === undefined || (roles as readonly string[]).includes(role);

/** As what somebody stands in a relation, if she does. */
export const holdersOf = (relation: Relation, actor: Actor): readonly string[] =>
  counts(relation, actor) ? relation.as(actor).filter((holder) => holder !== undefined) : [];

/** What one relation says of somebody, by the state of the stream that tells of it; null: it does not hold. */
export function standIn(relation: Relation, state: unknown, asked: RelationQuestion): Stand | null {
  const holder = holdersOf(relation, asked.actor).find((each) => relation.holds(state, { ...asked, holder: each }));
  return holder === undefined
    ? null
    : {
        relation: relation.name,
        closed: relation.closed?.(state, { ...asked, holder }) ?? [],
        ...(relation.opens && { opens: relation.opens(state, { ...asked, holder }) }),
        ...(relation.readOnly && { readOnly: true }),
      };
}

/** How somebody stands to a record that is there. `stateOf`: of the stream that tells of a relation; undefined: it is not there. */
export function standingBy(relations: readonly Relation[], asked: RelationQuestion, stateOf: (relation: Relation) => unknown): Standing {
  const found = relations.flatMap((relation) => {
    const state = stateOf(relation);
    const stand = state === undefined ? null : standIn(relation, state, asked);
    return stand ? [{ relation, stand }] : [];
  });
  const oversight = overseers.includes(asked.actor.role) ? [{ relation: "oversight", closed: areasOfOneself() }] : [];
  return {
    stands: [...oversight, ...found.filter(({ relation }) => !relation.bars).map(({ stand }) => stand)],
    barred: found.some(({ relation }) => relation.bars === true),
  };
}
