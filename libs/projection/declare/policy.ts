import { knows, type Aggregate, type Fact, type Instant, type Rule } from "#kernel/kernel.js";
import { isFact, isForged } from "#store/recorded.js";
import { isStreamOf, type Located, type StoredEvent } from "#store/stored.js";

/** A change in another aggregate, asked for because of a fact. */
export interface PolicyRequest {
  readonly of: Aggregate<any, any>;
  readonly id: string;
  readonly rule: Rule<any, any, Fact>;
  readonly request: object;
  /** When it happened, if not when the fact did. */
  readonly occurredAt?: Instant | undefined;
}

/**
 * `ask(shelters, shelter, dischargeResident, { stay, exitType })`: a rule of that aggregate, with a request of its own shape; another one
 * does not compile. `occurredAt`: when it happened, if not when the fact did.
 */
export const ask = <State, F extends Fact, Request extends object>(
  of: Aggregate<State, F>,
  id: string,
  rule: Rule<NoInfer<State>, Request, NoInfer<F>>,
  request: NoInfer<Request>,
  occurredAt?: Instant,
): PolicyRequest => ({ of, id, rule, request, occurredAt });

/** A fact in one aggregate asks for a Change in another. */
export interface Policy<F extends Fact = Fact> {
  /** Stable: the ids of the changes it asks for derive from it, and from nothing else of it. */
  readonly name: string;
  readonly of: Aggregate<any, F>;
  readonly when: { readonly [T in F["type"]]?: (fact: Extract<Located<F>, { type: T }>) => PolicyRequest | null };
}

export type Policies = readonly Policy<any>[];

export const policy =
  <F extends Fact>(of: Aggregate<any, F>) =>
  (name: string, when: Policy<F>["when"]): Policy<F> => ({ name, of, when });

/** `policy:free-the-bed-she-has-left`: its name among those of views. */
export const policyName = ({ name }: Pick<Policy, "name">): string => `policy:${name}`;

/** Must the policy look at this event? Also at one that nobody knows, so that it is never passed over. */
export const heeds = ({ of, when }: Policy<any>, event: StoredEvent): boolean =>
  !isForged(event) && isStreamOf(of.name, event.stream) && (!isFact(event) || event.type in when || !knows(of, event.type));

/** What the policy asks for because of a fact in today's form; null: nothing. */
export const askedBy = ({ when }: Policy<any>, fact: Located<Fact>): PolicyRequest | null =>
  (when as Record<string, ((fact: unknown) => PolicyRequest | null) | undefined>)[fact.type]?.(fact) ?? null;
