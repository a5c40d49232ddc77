import "reflect-metadata";
import { problemOf, validationProblem } from "./problems.js";

const statusOf = (code: string) => problemOf(Object.assign(new Error("not to be told"), { code })).problem.status;

test.each([
  ["is restarted", "57P01"],
  ["has taken too long", "57014"],
  ["has no connection left", "53300"],
  ["has no space left", "53100"],
  ["does not answer", "ECONNREFUSED"],
  ["does not have the view yet", "42P01"],
])("whoever asks while Postgres %s is told to come back", (_, code) => expect(statusOf(code)).toBe(503));

test("what nobody foresaw is unexpected, and is told in no words of its own", () => {
  const { problem } = problemOf(new Error("not to be told"));
  expect(problem.status).toBe(500);
  expect(JSON.stringify(problem)).not.toContain("not to be told");
});

test("however much is wrong, no more is told than a person corrects at once, and no name that the client made up in full", () => {
  const wrong = Array.from({ length: 5_000 }, (_, each) => ({
    property: `f${each}`.padEnd(5_000, "x"),
    constraints: { whitelist: `$property` },
  }));
  const { errors } = validationProblem(wrong as never).problem;
  expect(errors).toHaveLength(20);
  expect(JSON.stringify(errors).length).toBeLessThan(10_000);
});
