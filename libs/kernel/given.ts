import { decide, Refusal, type Actor, type Aggregate, type Context, type Fact, type Instant, type Rule } from "./kernel.js";

const exampleActor: Actor = { id: "amina", role: "shelter-case-manager" };

/** What rules are told in examples: a fixed time in Tanzania, a worker of no organisation, and ids `id-1`, `id-2`, ... */
export const exampleContext = (over: Partial<Context> = {}): Context => {
  let count = 0;
  const now = over.now ?? "2026-01-10T08:00:00.000Z";
  return { at: now, now, zone: "Africa/Dar_es_Salaam", actor: exampleActor, newId: () => `id-${++count}`, ...over };
};

/** Something that happened at another time than now. `by`: who told it; somebody of no organisation, if not said. */
interface Timed<F> {
  readonly fact: F;
  readonly at: Instant;
  readonly by?: Actor;
}
export const on = <F extends Fact>(at: Instant, fact: F, by: Actor = exampleActor): Timed<F> => ({ fact, at, by });

/** The state after these facts. */
export const fold = <State, F extends Fact>(of: Aggregate<State, F>, facts: Iterable<Timed<F>>, from: State = of.initial): State => {
  let state = from;
  for (const { fact, at, by = exampleActor } of facts) state = of.apply(state, fact, { at, by });
  return state;
};

const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

/** `given(cases, what happened).when(rule, request).then(what follows)`, or `.refused(why)`; `.then()` says: already so. */
export const given = <State, F extends Fact>(of: Aggregate<State, F>, ...happened: (F | Timed<F>)[]) => ({
  when<Request, Next extends F, Needs>(
    rule: Rule<State & Needs, Request, Next>,
    request: Request,
    over: Partial<Context> & { also?: Needs } = {},
  ) {
    const context = exampleContext(over);
    const state = {
      ...fold(
        of,
        happened.map((each) => ("fact" in each ? each : { fact: each, at: context.now })),
      ),
      ...over.also,
    } as State & Needs;
    return {
      then: (...expected: Next[]) => expect(plain(decide(of, rule, state, request, context))).toEqual(plain(expected)),
      refused: (code: string) => {
        let answer: unknown = "not refused";
        try {
          decide(of, rule, state, request, context);
        } catch (error) {
          answer = error instanceof Refusal ? error.code : error;
        }
        expect(answer).toBe(code);
      },
    };
  },
});
