import { expressionOf, matches } from "./filter.js";

const filter = (prefixes: string[], expression = "") => ({
  on: "stream" as const,
  prefixes,
  expression: expressionOf(expression),
  checkpointEvery: 32,
});
const record = { stream: "case-1", type: "CaseOpened" };

test("a prefix matches as it is written", () => {
  expect(matches(filter(["case-"]), record)).toBe(true);
  expect(matches(filter(["Case-"]), record)).toBe(false);
  expect(matches(filter(["case-"]), { ...record, stream: "$$case-1" })).toBe(false);
});
test("no prefix matches nothing, the empty prefix everything", () => {
  expect(matches(filter([]), record)).toBe(false);
  expect(matches(filter([""]), record)).toBe(true);
});
test("an expression wins over prefixes, and may ignore case", () => {
  expect(matches(filter(["other-"], "^case"), record)).toBe(true);
  expect(matches(filter([], "(?i)^CASE"), record)).toBe(true);
  expect(matches({ ...filter([], "^Case"), on: "type" }, record)).toBe(true);
});
test("an expression that is none is refused", () => expect(() => expressionOf("(")).toThrow());
test.each([
  ["(?is)^CASE.1$", "case-1"],
  ["\\Acase\\-\\d+\\z", "case-1"],
  ["^\\p{L}+-", "Fälle-1"],
  ["^\\w+$", "приют"],
  ["^[\\w-]+$", "приют-1"],
  ["^(?!\\$)", "case-1"],
  ["(?<=case)-1", "case-1"],
  ["^a{$", "a{"],
  ["]$", "a]"],
])("%s is read as .NET reads it", (expression, stream) => expect(matches(filter([], expression), { stream, type: "T" })).toBe(true));
test("an expression is not anchored, but look-ahead is kept", () => {
  expect(matches(filter([], "ase-1"), record)).toBe(true);
  expect(matches(filter([], "^(?!case)"), record)).toBe(false);
});
