import { beginsAgain, firstAfter, isSame, judge, judgeDeletion, judgeKnown, judgeTombstone } from "./expected.js";

const at = (last: bigint, more: { tombstoned?: boolean; deleted?: boolean; hasMetadata?: boolean } = {}) => ({
  last,
  tombstoned: false,
  deleted: false,
  hasMetadata: false,
  ...more,
});

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
] as const)("expecting %s of a stream at %s: %s", (expected, last, verdict) => expect(judge(expected, at(last))).toBe(verdict));

test.each(["any", "no-stream", "stream-exists", 3n] as const)("whatever is expected (%s), a tombstone stands", (expected) => {
  expect(judge(expected, at(3n, { tombstoned: true }))).toBe("deleted");
});
test("metadata alone makes a stream exist", () => expect(judge("stream-exists", at(-1n, { hasMetadata: true }))).toBe("write"));
test("a deleted stream does not exist", () => expect(judge("stream-exists", at(3n, { deleted: true }))).toBe("deleted"));

test("what is not there cannot be deleted, but closed", () => {
  expect(judgeDeletion("any", at(-1n))).toBe("wrong");
  expect(judgeDeletion("no-stream", at(-1n, { hasMetadata: true }))).toBe("write");
  expect(judgeTombstone("any", at(-1n))).toBe("write");
});
test("a deleted stream may be deleted and closed as no stream", () => {
  expect(judgeDeletion("no-stream", at(3n, { deleted: true, hasMetadata: true }))).toBe("write");
  expect(judgeDeletion("no-stream", at(3n))).toBe("wrong");
  expect(judgeTombstone(2n, at(3n))).toBe("wrong");
});
test("a deleted stream begins again with new events only", () => {
  expect(beginsAgain("no-stream", at(1n, { deleted: true }), ["c"], ["a", "b"])).toBe(true);
  expect(beginsAgain("no-stream", at(1n, { deleted: true }), ["c", "a"], ["a", "b"])).toBe(false);
  expect(beginsAgain(0n, at(1n, { deleted: true }), ["c"], ["b"])).toBe(false);
});

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
test("without an expected revision, known events are recognised in their order", () => {
  expect(judgeKnown([3n, 3n, 4n])).toBe("same");
  expect(judgeKnown([4n, 3n])).toBe("wrong");
  expect(judgeKnown([3n, undefined])).toBe("wrong");
  expect(judgeKnown([undefined, 3n])).toBe("write");
  expect(judgeKnown([])).toBe("write");
});
test("what was expected to be no stream begins at revision 0", () => {
  expect(firstAfter("no-stream")).toBe(0n);
  expect(firstAfter(6n)).toBe(7n);
});
