import "reflect-metadata";
import { problemOf } from "./problems.js";

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
