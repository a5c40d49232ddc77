import { firstAfter, isSame, judge } from "./expected.js";

test.each([
  ["any", -1n, "write"],
  ["any", 4n, "write"],
  ["no-stream", -1n, "write"],
  ["no-stream", 0n, "compare"],
  ["stream-exists", -1n, "wrong"],
  ["stream-exists", 0n, "write"],
  [3n, 3n, "write"],
  [2n, 3n, "compare"],
  [4n, 3n, "wrong"],
  [0n, -1n, "wrong"],
] as const)("expecting %s of a stream at %s: %s", (expected, last, verdict) => expect(judge(expected, last)).toBe(verdict));

test("the same events sent again are recognised, also the first of several", () => {
  expect(isSame(["a", "b"], ["a", "b"])).toBe(true);
  expect(isSame(["a"], ["a", "b"])).toBe(true);
});
test("more, fewer, other or reversed events are not the same", () => {
  expect(isSame(["a", "b"], ["a"])).toBe(false);
  expect(isSame(["b", "a"], ["a", "b"])).toBe(false);
  expect(isSame(["a", "c"], ["a", "b"])).toBe(false);
  expect(isSame([], ["a"])).toBe(false);
});
test("what was expected to be no stream begins at revision 0", () => {
  expect(firstAfter("no-stream")).toBe(0n);
  expect(firstAfter(6n)).toBe(7n);
});
