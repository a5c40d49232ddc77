import { eventually } from "../journeys/journey.js";
import { asker, PersonAtABrowser } from "../support/person.js";
import { System } from "../support/system.js";

// Who guesses at passwords locks nobody else out, and makes nobody wait.

const system = new System();
beforeAll(async () => {
  // Behind a proxy that is believed: each asks from an address of her own.
  await system.start({
    DEMO_SIGN_IN: "no",
    BUILT_IN_SIGN_IN: "yes",
    CORS_ORIGINS: "http://127.0.0.1:4999",
    WRONG_SIGN_INS: "30",
    TRUST_PROXY: "127.0.0.1",
  });
  await eventually(
    async () => system.notices,
    (notices) => notices.length > 0,
  );
}, 120_000);
afterAll(() => system.stop(), 60_000);

const median = (times: readonly number[]): number => times.toSorted((one, other) => one - other)[Math.floor(times.length / 2)]!;

test("1,000 wrong passwords from one place lock nobody else out, not even the one they are guessed at, and do not slow the api", async () => {
  const victim = new PersonAtABrowser(system.base, "neema", "mlima mrefu na bahari pana");
  victim.from = "10.0.0.1";
  const link = /\/sign-in\/link\/[\w-]+/.exec(system.notices[0]!)![0];
  await victim.useLink(link, { organisation: "Example Shelter", name: "Invented Neema" });
  const { access_token } = await victim.tokens();
  const ask = asker(system.base);
  const timed = async () => {
    const since = performance.now();
    expect((await ask(access_token, "/v1/me")).status).toBe(200);
    return performance.now() - since;
  };
  const calm = await Promise.all(Array.from({ length: 50 }, timed));

  const guesser = new PersonAtABrowser(system.base, "neema", "nobody knows this one");
  guesser.from = "10.6.6.6";
  const form = await guesser.signInPage();
  const guessing = new AbortController();
  const guesses = (async () => {
    const statuses: number[] = [];
    // A page is answered 400 for a wrong password, and for too many of them.
    for (let round = 0; round < 20; round++)
      statuses.push(
        ...(await Promise.all(
          Array.from({ length: 50 }, async () => (await guesser.ask(form, { username: "neema", password: "wrong wrong wrong" })).status),
        )),
      );
    guessing.abort();
    return statuses;
  })();
  const meanwhile: number[] = [];
  while (!guessing.signal.aborted) meanwhile.push(await timed());
  const statuses = await guesses;
  expect(statuses).toHaveLength(1_000);
  expect(new Set(statuses)).toEqual(new Set([400]));
  // A tenth of a second is what a person does not notice.
  expect(median(meanwhile) - median(calm)).toBeLessThan(100);

  const again = new PersonAtABrowser(system.base, "neema", "mlima mrefu na bahari pana");
  again.from = "10.0.0.1";
  again.secret = victim.secret;
  again.usedUpTo(Math.floor(Date.now() / 30_000));
  expect(await again.tokens()).toHaveProperty("access_token");
}, 120_000);
