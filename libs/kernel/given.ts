import { decide, fold, Refusal, type Aggregate, type Context, type Fact, type Instant, type Rule } from "./kernel.js";

/** What rules are told in examples: a fixed time in Tanzania, a worker of no organisation, and ids `id-1`, `id-2`, ... */
export const exampleContext = (over: Partial<Context> = {}): Context => {
  let count = 0;
  const now = over.now ?? "2026-01-10T08:00:00.000Z";
  const actor = { id: "amina", role: "shelter-case-manager" };
  return { at: now, now, zone: "Africa/Dar_es_Salaam", actor, newId: () => `id-${++count}`, ...over };
};

/** Something that happened at another time than now. */
interface Timed<F> {
  readonly fact: F;
  readonly at: Instant;
}
export const on = <F extends Fact>(at: Instant, fact: F): Timed<F> => ({ fact, at });

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
