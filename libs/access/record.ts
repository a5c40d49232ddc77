import type { Actor, Aggregate, Fact } from "#kernel/kernel.js";
import type { AreasOf, Sees } from "./areas.js";
import { allows, cellAllows, isGranted, related, type Owner, type Standing } from "./decide.js";

/** A kind of record as access sees it, declared once with its aggregate: every operation about it inherits this. */
export interface ProtectedRecord<State = any, F extends Fact = any, Derived extends object = any> {
  readonly of: Aggregate<State, F>;
  /** Whose record this is. */
  readonly belongsTo: (id: string) => Owner;
  /** Whom its sealed data is about, told by the log itself and not by a table; empty: nobody yet. */
  readonly subject: (state: State) => string;
  /** What follows from its state and is told beside it, such as the stage of a case. */
  readonly derived: (state: State) => Derived;
  /** Records of another kind that it names: whoever a wall keeps out of one of them is kept out of this one as well. */
  readonly keptOutBy?: NamedRecords<State> | undefined;
  /** The areas of its folded state, and of what follows from it. */
  readonly state: AreasOf<State & Derived>;
  /** The areas of what each fact tells. */
  readonly facts: { readonly [T in F["type"]]: AreasOf<Extract<F, { type: T }>["data"]> };
}

/** Records of another kind that a record names. */
export interface NamedRecords<State = any> {
  readonly of: Aggregate<any, any>;
  readonly named: (state: State) => readonly string[];
}

/** `protect(cases, { belongsTo, subject, state, facts }, derived)`: whatever is left out does not compile. */
export const protect = <State, F extends Fact, Derived extends object = object>(
  of: Aggregate<State, F>,
  rest: Omit<ProtectedRecord<State, F, NoInfer<Derived>>, "of" | "derived">,
  derived: (state: State) => Derived = () => ({}) as Derived,
): ProtectedRecord<State, F, Derived> => ({ of, derived, ...rest });

/**
 * What this person sees of a record, as she stands to it. What is no shelter's is no one's own: a cell for one's own shelter counts only
 * where a shelter is named.
 */
export const seesOf = (actor: Actor, owner: Owner, standing: Standing): Sees => {
  const own = typeof owner === "string" ? {} : owner;
  return (area, named) => {
    const permission = { act: "read", on: area } as const;
    const mayAtAll = isGranted(actor, area, standing) || cellAllows(actor, permission, named ?? own);
    return mayAtAll && allows(actor, permission, owner === related ? related : (named ?? own), standing);
  };
};
