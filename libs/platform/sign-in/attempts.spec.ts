import { jest } from "@jest/globals";
import { Attempts } from "./attempts.js";

const wrong = new Error("wrong");
const away = new Error("away");
const isWrong = (error: unknown) => error === wrong;
const right = async () => "somebody";
const failing = (error: Error) => async () => {
  throw error;
};
const signIn = (attempts: Attempts, address: string, who: string, check: () => Promise<string> = right) =>
  attempts.of(address, who, check, isWrong).then(
    () => "in",
    (error: Error) => error.message,
  );
const guess = async (attempts: Attempts, address: string, who: string, times: number) => {
  for (let each = 0; each < times; each++) await signIn(attempts, address, who, failing(wrong));
};

test("after so many wrong ones from an address nothing more is checked for a while", async () => {
  let now = 0;
  const attempts = new Attempts(3, () => now);
  await guess(attempts, "10.0.0.1", "amina", 3);
  const check = jest.fn(right);
  expect(await signIn(attempts, "10.0.0.1", "amina", check)).toBe("Too many requests");
  expect(check).not.toHaveBeenCalled();
  now += 20_000;
  expect(await signIn(attempts, "10.0.0.1", "amina")).toBe("in");
});

test("another address is not touched by it", async () => {
  const attempts = new Attempts(3, () => 0);
  await guess(attempts, "10.0.0.1", "amina", 9);
  expect(await signIn(attempts, "10.0.0.2", "amina")).toBe("in");
});

test("who has signed in from an address is not locked out by a stranger behind it", async () => {
  const attempts = new Attempts(3, () => 0);
  await signIn(attempts, "10.0.0.1", "amina");
  await guess(attempts, "10.0.0.1", "omari", 9);
  expect(await signIn(attempts, "10.0.0.1", "amina")).toBe("in");
  expect(await signIn(attempts, "10.0.0.1", "musa")).toBe("Too many requests");
});

test("who guesses at a person known there uses up her attempts and nobody else's", async () => {
  const attempts = new Attempts(3, () => 0);
  await signIn(attempts, "10.0.0.1", "amina");
  await guess(attempts, "10.0.0.1", "amina", 9);
  expect(await signIn(attempts, "10.0.0.1", "amina")).toBe("Too many requests");
  expect(await signIn(attempts, "10.0.0.1", "musa")).toBe("in");
});

test("an issuer that is away makes nobody's attempt a wrong one", async () => {
  const attempts = new Attempts(1, () => 0);
  expect(await signIn(attempts, "10.0.0.1", "amina", failing(away))).toBe("away");
  expect(await signIn(attempts, "10.0.0.1", "amina")).toBe("in");
});
