import { setImmediate as turn } from "node:timers/promises";
import { defaultLimits } from "./limits.js";
import { SignIn, TooManyAttempts } from "./sign-in.js";

const bounds = { ...defaultLimits, wrongPasswords: 3, passwordsWaiting: 10, passwordsWaitingPerAddress: 4 };
const begin = (over = {}) => {
  const checked: string[] = [];
  let wait = Promise.resolve();
  const groups = ["workers"];
  const logins = {
    verify: async (login: string, password: string) => {
      checked.push(password);
      await wait;
      return password === "right" ? { login, groups } : null;
    },
  };
  const hold = () => {
    let go = () => {};
    wait = new Promise((resolve) => (go = resolve));
    return go;
  };
  return { checked, hold, signIn: new SignIn(logins, { ...bounds, ...over }) };
};

test("whoever asks the same at once shares one check, and later ones need none", async () => {
  const { checked, signIn } = begin();
  const callers = await Promise.all(Array.from({ length: 50 }, () => signIn.check("amina", "right", "one")));
  expect(new Set(callers)).toEqual(new Set([{ login: "amina", groups: ["workers"] }]));
  await signIn.check("amina", "right", "other");
  expect(checked).toEqual(["right"]);
});

test("the same wrong password is looked at once", async () => {
  const { checked, signIn } = begin();
  for (let count = 0; count < 5; count++) expect(await signIn.check("amina", "wrong", "one")).toBeNull();
  expect(checked).toEqual(["wrong"]);
});

test("an address that guesses is not looked at any more; others are, and so is what was right before", async () => {
  const { checked, signIn } = begin();
  await signIn.check("amina", "right", "one");
  for (const guess of ["a", "b", "c"]) await signIn.check("amina", guess, "one");
  await expect(signIn.check("amina", "d", "one")).rejects.toThrow(TooManyAttempts);
  expect(await signIn.check("amina", "right", "one")).toMatchObject({ login: "amina" });
  expect(await signIn.check("neema", "right", "other")).toMatchObject({ login: "neema" });
  expect(checked).toEqual(["right", "a", "b", "c", "right"]);
});

test("no more than a few of an address wait, and guesses that wait are dropped when it has guessed too often", async () => {
  const { checked, hold, signIn } = begin();
  const go = hold();
  const guesses = Array.from({ length: 20 }, (_, index) => signIn.check("amina", `guess ${index}`, "one").catch((error: Error) => error));
  await turn();
  go();
  const answers = await Promise.all(guesses);
  expect(answers.filter((answer) => answer === null).length).toBeLessThanOrEqual(4);
  expect(answers.filter((answer) => answer instanceof TooManyAttempts).length).toBeGreaterThanOrEqual(16);
  expect(checked.length).toBeLessThanOrEqual(4);
});

test("when a user changes nothing is known any more, also of a check under way", async () => {
  const { checked, hold, signIn } = begin();
  const go = hold();
  const under = signIn.check("amina", "right", "one");
  await turn();
  signIn.forget(true);
  go();
  await under;
  await signIn.check("amina", "right", "one");
  await signIn.check("amina", "right", "one");
  expect(checked).toEqual(["right", "right"]);
});

test("nothing is kept while changes of users are not heard of", async () => {
  const { checked, signIn } = begin();
  signIn.forget(false);
  await signIn.check("amina", "right", "one");
  await signIn.check("amina", "right", "one");
  signIn.forget(true);
  await signIn.check("amina", "right", "one");
  await signIn.check("amina", "right", "one");
  expect(checked).toHaveLength(3);
});
