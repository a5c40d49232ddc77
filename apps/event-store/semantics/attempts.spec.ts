import { PasswordAttempts } from "./attempts.js";

test("an address may try until its limit, and again when a minute has passed", () => {
  let now = 0;
  const attempts = new PasswordAttempts(2, () => now);
  attempts.wrong("one");
  expect(attempts.mayTry("one")).toBe(true);
  now = 30_000;
  attempts.wrong("one");
  expect([attempts.mayTry("one"), attempts.mayTry("other")]).toEqual([false, true]);
  now = 59_999;
  expect(attempts.mayTry("one")).toBe(false);
  now = 60_000;
  expect(attempts.mayTry("one")).toBe(true);
});
