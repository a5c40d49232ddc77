/** The whole vocabulary of the write side. Imports nothing; knows no case, no store, no clock. */

/** What happened. `data` is folded and stays readable for ever; `personal` is sealed before it leaves the process. */
export interface Fact {
  readonly type: string;
  readonly data: object;
  readonly personal?: Personal | undefined;
}

/** Subject id -> data class -> what identifies, locates or describes that person. */
export type Personal = Readonly<Record<string, Readonly<Record<string, object>>>>;

/** UTC, `2026-11-23T10:00:00.000Z`: facts are JSON, and texts in this form sort as the times do. */
export type Instant = string;

/** A calendar day without a zone, `2026-11-23`. */
export type Day = string;

/** Who asks: a person, or a policy on behalf of one. Ids only, never a name. */
export interface Actor {
  readonly id: string;
  readonly role: string;
  readonly organisation?: string | undefined;
  readonly shelter?: string | undefined;
  /** The code of the district that she works in. */
  readonly district?: string | undefined;
}

/**
 * The two times of a change, and where its days are counted. Could it have been so, and was it permitted? That is asked of `at`. May
 * content be stored, opened or passed on? That is asked of `now`, and durations that bind run from there.
 */
export interface Times {
  /** When it happened; never after `now`. */
  readonly at: Instant;
  /** When it is decided. */
  readonly now: Instant;
  /** IANA name of the place's zone, `Africa/Dar_es_Salaam`. */
  readonly zone: string;
}

/** What a rule may know besides the state: both times, who asks, and ids that are the same at every retry. */
export interface Context extends Times {
  readonly actor: Actor;
  /** The n-th call answers the n-th id of this change, also when the change is tried again. */
  readonly newId: () => string;
}

/** Decides. Answers the facts that follow, none when it is already so, or throws a {@link Refusal}. Never async. */
export type Rule<State, Request, F extends Fact> = (state: State, request: Request, context: Context) => readonly F[];

/** Why not: `code` is stable and public; `detail` holds codes, dates and ids, never anything personal. */
export class Refusal extends Error {
  constructor(
    readonly code: string,
    readonly detail: Readonly<Record<string, unknown>> = {},
  ) {
    super(code);
  }
}

/** Refuses with `code` unless the condition holds. */
export function require(condition: unknown, code: string, detail?: Readonly<Record<string, unknown>>): asserts condition {
  if (!condition) throw new Refusal(code, detail);
}

/**
 * Refuses what is said to have happened before that on which it builds: the opening of the record, an admission, a consent. Null: it is not
 * known when that was. `notBefore` in the refusal is the latest of these times.
 */
export function requireNotBefore(at: Instant, ...beginnings: readonly (Instant | null)[]): void {
  const notBefore = beginnings.reduce<Instant>((latest, each) => (each !== null && each > latest ? each : latest), "");
  require(at >= notBefore, "BeforeItsBeginning", { notBefore });
}

/** A fact of a type or a version that this program does not know: a newer one has written it. Nothing may be passed over. */
export class UnknownFact extends Error {
  readonly code = "UnknownFact";
}

/**
 * The one fact that every record may hold besides its own: what was asked for was already so. It keeps the key of whoever asked, who is
 * answered the same when it comes again, whatever has become of the record meanwhile. It changes nothing, and nobody is told of it.
 */
export const nothingChanged = { type: "NothingChanged", data: {} } as const satisfies Fact;

/** Does a fact of this type change nothing, whatever it is about? */
export const changesNothing = (type: string): boolean => type === nothingChanged.type;

/** Does this program know facts of this type? */
export const knows = ({ versions }: Pick<Aggregate<any, any>, "versions">, type: string): boolean =>
  Object.hasOwn(versions, type) || changesNothing(type);

/** When a fact happened, and who told it. */
export interface Happened {
  readonly at: Instant;
  readonly by: Actor;
}

/** One handler a fact, none left out: a new fact that is not folded does not compile. Handlers never see `personal`. */
export type Evolve<State, F extends Fact> = {
  readonly [T in F["type"]]: (state: State, data: Extract<F, { type: T }>["data"], happened: Happened) => State;
};

/** Fact type -> steps that turn its `data` of version 1 into 2, 2 into 3, ... A fact without an entry is at version 1. */
export type Upcasts<F extends Fact> = { readonly [T in F["type"]]?: readonly ((data: any) => object)[] };

/** Which facts may be marked as entered by mistake: type -> the types that rest on it where they name the same id. */
export type Corrections<F extends Fact> = { readonly [T in F["type"]]?: readonly F["type"][] };

/** A topic's part of an aggregate's state. */
export interface Slice<State, F extends Fact> {
  readonly initial: State;
  readonly evolve: Evolve<State, F>;
  readonly upcasts: Upcasts<F>;
  readonly corrections: Corrections<F>;
}

/**
 * `slice<ConsentFact>()([], { ConsentGiven: ... })`; the third argument tells how facts of older versions become today's, the fourth which may
 * be marked as entered by mistake.
 */
export const slice =
  <F extends Fact>() =>
  <State>(initial: State, evolve: Evolve<State, F>, upcasts: Upcasts<F> = {}, corrections: Corrections<F> = {}): Slice<State, F> => ({
    initial,
    evolve,
    upcasts,
    corrections,
  });

/** What a stream means: its prefix, the state before anything happened, and how each fact changes it. Its rules decide the rest. */
export interface Aggregate<State, F extends Fact> {
  readonly name: string;
  /** When the record began, as its state tells; null: it has not, or nothing depends on it. */
  begunAt(state: State): Instant | null;
  readonly initial: State;
  /** Every fact type of its own, with its version today. */
  readonly versions: Readonly<Record<string, number>>;
  /** Which of them may be marked as entered by mistake, and what rests on each. */
  readonly corrections: Readonly<Record<string, readonly string[]>>;
  apply(state: State, fact: F, happened: Happened): State;
  /** `data` as stored under `version`, in today's form. Throws UnknownFact. */
  upcast(type: string, version: number, data: object): object;
}

type Slices = Readonly<Record<string, Slice<any, any>>>;
type StateOf<S extends Slices> = { readonly [K in keyof S]: S[K]["initial"] };
type FactOf<S extends Slices> = { [K in keyof S]: S[K] extends Slice<any, infer F> ? F : never }[keyof S];

/** Puts topics together. Each fact belongs to exactly one of them. `begunAt` tells when the record began, so that no rule has to ask. */
export function aggregate<S extends Slices>(
  name: string,
  slices: S,
  begunAt: (state: StateOf<S>) => Instant | null = () => null,
): Aggregate<StateOf<S>, FactOf<S>> {
  const topics = new Map<string, keyof S>();
  for (const topic in slices)
    for (const type in slices[topic]!.evolve) {
      if (topics.has(type)) throw new Error(`${name}: two topics fold ${type}`);
      topics.set(type, topic);
    }
  const topicOf = (type: string): keyof S => {
    const topic = topics.get(type);
    if (topic === undefined) throw new UnknownFact(`${name}: no topic folds ${type}`);
    return topic;
  };
  const steps = (type: string) => (changesNothing(type) ? [] : (slices[topicOf(type)]!.upcasts[type] ?? []));
  return {
    name,
    begunAt,
    initial: Object.fromEntries(Object.entries(slices).map(([topic, { initial }]) => [topic, initial])) as StateOf<S>,
    versions: Object.fromEntries([...topics.keys()].map((type) => [type, steps(type).length + 1])),
    corrections: Object.assign({}, ...Object.values(slices).map(({ corrections }) => corrections)) as Record<string, readonly string[]>,
    apply(state, { type, data }: Fact, happened) {
      if (changesNothing(type)) return state;
      const topic = topicOf(type);
      return { ...state, [topic]: slices[topic]!.evolve[type]!(state[topic], data, happened) };
    },
    upcast(type, version, data) {
      const known = steps(type);
      if (!(version >= 1 && version <= known.length + 1)) throw new UnknownFact(`${name}: ${type} has no version ${version}`);
      return known.slice(version - 1).reduce((older, step) => step(older), data);
    },
  };
}

/** Asks a rule of an aggregate. Whatever it decides, nothing happened to a record before the record began. */
export function decide<State, Request, F extends Fact>(
  of: Pick<Aggregate<any, any>, "begunAt">,
  rule: Rule<State, Request, F>,
  state: State,
  request: Request,
  context: Context,
): readonly F[] {
  requireNotBefore(context.at, of.begunAt(state));
  return rule(state, request, context);
}
