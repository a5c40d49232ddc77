import { deletion, endOfTime } from "./metadata.js";
import { type Head, isHidden, isReadable, isVisible, nothing, relatedTo, stateOf } from "./stream.js";

const state = (name: string, heads: Record<string, Partial<Head>>) => stateOf(name, (asked) => ({ ...nothing, ...heads[asked] }));
const metadata = (json: object) => ({ last: 0n, latest: Buffer.from(JSON.stringify(json)) });
const event = (revision: bigint, age = 0) => ({ revision, created: BigInt(1_000_000 - age) * 10_000n });

test("a stream without metadata is read from its first event", () => {
  expect(state("case-1", { "case-1": { last: 4n } })).toMatchObject({ last: 4n, first: 0n, deleted: false, hasMetadata: false });
});
test("of count and truncation the narrower one decides", () => {
  expect(state("case-1", { "case-1": { last: 9n }, "$$case-1": metadata({ $maxCount: 3, $tb: 5 }) }).first).toBe(7n);
  expect(state("case-1", { "case-1": { last: 9n }, "$$case-1": metadata({ $maxCount: 3, $tb: 9 }) }).first).toBe(9n);
});
test("a deleted stream is not readable, a truncated one is", () => {
  expect(isReadable(state("case-1", { "case-1": { last: 1n }, "$$case-1": { last: 0n, latest: deletion } }))).toBe(false);
  expect(isReadable(state("case-1", { "case-1": { last: 1n }, "$$case-1": metadata({ $tb: 50 }) }))).toBe(true);
  expect(isReadable(state("case-1", { "$$case-1": metadata({}) }))).toBe(false);
});
test("a tombstone closes a stream and its metadata", () => {
  expect(state("case-1", { "case-1": { last: endOfTime } }).tombstoned).toBe(true);
  expect(state("$$case-1", { "case-1": { last: endOfTime }, "$$case-1": { last: 0n } }).tombstoned).toBe(true);
});
test("a metadata stream shows its last event, whatever metadata it has itself", () => {
  expect(state("$$case-1", { "$$case-1": { last: 4n }, "$$$$case-1": metadata({ $maxCount: 3 }) }).first).toBe(4n);
  expect(relatedTo("$$case-1")).toEqual(["$$case-1", "$$$$case-1", "case-1"]);
});
test("events beyond their age are not shown, and neither is a tombstone", () => {
  const aged = state("case-1", { "case-1": { last: 9n }, "$$case-1": metadata({ $maxAge: 60 }) });
  expect(isVisible(aged, event(3n, 59_000), 1_000_000)).toBe(true);
  expect(isVisible(aged, event(3n, 61_000), 1_000_000)).toBe(false);
  expect(isVisible(aged, event(endOfTime), 1_000_000)).toBe(false);
});

test.each(["$epoch-information", "$persistentsubscription-$all::g-checkpoint", "$persistentsubscription-$all::a\nb-parked"])(
  "%s is not shown in the whole log",
  (stream) => expect(isHidden(stream)).toBe(true),
);
test.each(["case-1", "$$case-1", "$persistentsubscription-case-1::g-parked", "$$$persistentsubscription-$all::g-parked"])(
  "%s is shown in the whole log",
  (stream) => expect(isHidden(stream)).toBe(false),
);
