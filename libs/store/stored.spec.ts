import { aggregateOf, idOf, isStreamOf, streamOf } from "./stored.js";

const id = "abcdefab-0000-4000-8000-0000000000ff";

test.each(["case", "trafficking-event"])("the stream of a %s tells its kind and its id", (kind) => {
  const stream = streamOf(kind, id);
  expect([aggregateOf(stream), idOf(stream), isStreamOf(kind, stream)]).toEqual([kind, id, true]);
});

test("an id that is none of ours is all that follows the first word", () => {
  expect([aggregateOf("denials-a-b"), idOf("denials-a-b")]).toEqual(["denials", "a-b"]);
  expect([isStreamOf("case", "cases-1"), isStreamOf("trafficking", "traffickingevent-1")]).toEqual([false, false]);
});
