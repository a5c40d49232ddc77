import fc from "fast-check";
import type { StoredRecord } from "../semantics/record.js";
import { Tail } from "./tail.js";

const large = Buffer.alloc(5 * 1_024 * 1_024);
const record = (position: number, stream: string, revision: number, data = Buffer.alloc(10)): StoredRecord => ({
  position: BigInt(position),
  stream,
  revision: BigInt(revision),
  id: `${position}`,
  type: "Happened",
  json: true,
  created: 0n,
  data,
  metadata: Buffer.alloc(0),
});
const idsOf = (records: readonly StoredRecord[]): string[] => records.map(({ id }) => id);

/** What is committed, batch after batch; some are large, so that older ones make way. */
const batches = fc.array(fc.array(fc.tuple(fc.constantFrom("a", "b", "c"), fc.boolean()), { minLength: 1, maxLength: 8 }), {
  maxLength: 12,
});

test("what it answers is what the log holds, or that it does not know", () => {
  fc.assert(
    fc.property(batches, fc.integer({ min: 0, max: 12 }), fc.integer({ min: 1, max: 20 }), (given, lostAt, count) => {
      const tail = new Tail();
      const log: StoredRecord[] = [];
      const ofStream = (stream: string) => log.filter((each) => each.stream === stream);
      given.forEach((batch, number) => {
        const before = log.length;
        for (const [stream, isLarge] of batch)
          log.push(record(10 + log.length, stream, ofStream(stream).length, isLarge ? large : undefined));
        tail.commit(number === lostAt ? [] : log.slice(before));
      });
      for (let position = 8n; position < 12n + BigInt(log.length); position++) {
        const told = tail.after(position, count);
        if (told) expect(idsOf(told)).toEqual(idsOf(log.filter((each) => each.position > position).slice(0, count)));
      }
      for (const stream of ["a", "b", "c"])
        for (let revision = 0; revision <= ofStream(stream).length; revision++) {
          const told = tail.ofStream(stream, BigInt(revision), count);
          if (told) expect(idsOf(told)).toEqual(idsOf(ofStream(stream).slice(revision, revision + count)));
        }
    }),
  );
});

test("the newest are there, and no more than fit", () => {
  const tail = new Tail();
  for (let position = 0; position < 20_000; position++) tail.commit([record(position, `s${position % 7}`, Math.floor(position / 7))]);
  expect(tail.after(19_990n, 100)).toHaveLength(9);
  expect(tail.after(15_999n, 5_000)).toHaveLength(4_000);
  expect(tail.after(15_998n, 1)).toBeNull();
  expect(tail.ofStream("s0", 0n, 1)).toBeNull();
  expect(tail.ofStream("s0", 2_857n, 10)).toHaveLength(1);
  tail.commit([record(20_000, "large", 0, Buffer.alloc(17 * 1_024 * 1_024))]);
  expect(tail.after(20_000n, 1)).toEqual([]);
  expect(tail.after(19_999n, 1)).toBeNull();
});
