import fc from "fast-check";
import type { Limits } from "./model.js";

/** An expectation, numbers relative to the last revision of the stream when it is sent. */
export type Expecting = "any" | "no_stream" | "stream_exists" | { readonly offset: number };

/** Something to do with one stream. `ids` and `again` are picked out of what the stream has seen, where there is such. */
export type Command =
  | { readonly kind: "append"; readonly expecting: Expecting; readonly ids: readonly number[] }
  | { readonly kind: "again"; readonly which: number; readonly first: number }
  | { readonly kind: "delete" | "close"; readonly expecting: Expecting }
  | { readonly kind: "limit"; readonly limits: Limits }
  | { readonly kind: "read"; readonly from: number | "start" | "end"; readonly backwards: boolean; readonly count: number };

const expecting: fc.Arbitrary<Expecting> = fc.oneof(
  fc.constantFrom("any" as const, "no_stream" as const, "stream_exists" as const),
  fc.record({ offset: fc.constantFrom(0, 0, 0, -1, -2, -4, 1) }),
);
/** The client cannot say "stream exists" when it deletes. */
const expectingNotToExist = expecting.filter((each) => each !== "stream_exists");
/** Few ids, so that they meet again; the high numbers are new ones. */
const ids = fc.oneof(
  { weight: 3, arbitrary: fc.array(fc.integer({ min: 100, max: 100_000 }), { maxLength: 4 }) },
  { weight: 1, arbitrary: fc.array(fc.integer({ min: 0, max: 8 }), { maxLength: 4 }) },
);
const limits = fc.record(
  { maxCount: fc.integer({ min: 1, max: 6 }), truncateBefore: fc.integer({ min: 0, max: 20 }) },
  { requiredKeys: [] },
);

const command: fc.Arbitrary<Command> = fc.oneof(
  { weight: 30, arbitrary: fc.record({ kind: fc.constant("append" as const), expecting, ids }) },
  { weight: 12, arbitrary: fc.record({ kind: fc.constant("again" as const), which: fc.nat(20), first: fc.integer({ min: 1, max: 4 }) }) },
  { weight: 8, arbitrary: fc.record({ kind: fc.constant("delete" as const), expecting: expectingNotToExist }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("close" as const), expecting }) },
  { weight: 6, arbitrary: fc.record({ kind: fc.constant("limit" as const), limits }) },
  {
    weight: 15,
    arbitrary: fc.record({
      kind: fc.constant("read" as const),
      from: fc.oneof(fc.constantFrom("start" as const, "end" as const), fc.nat(30)),
      backwards: fc.boolean(),
      count: fc.constantFrom(1, 2, 5, 1_000),
    }),
  },
);

/** What is done with each of a few streams: in order within a stream, at the same time among them. */
export const histories = fc.array(fc.array(command, { minLength: 1, maxLength: 60 }), { minLength: 1, maxLength: 5 });
