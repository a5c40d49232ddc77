import fc from "fast-check";
import type { StoredRecord } from "../record.js";
import { Group, type Effects, type Item, type GroupReader } from "./group.js";
import type { GroupSettings } from "./settings.js";

const usual: GroupSettings = {
  resolveLinks: false,
  extraStatistics: false,
  messageTimeout: 30_000,
  maxRetryCount: 2,
  checkpointAfter: 2_000,
  minCheckpointCount: 1,
  maxCheckpointCount: 1_000,
  maxSubscriberCount: 0,
  liveBufferSize: 500,
  readBatchSize: 20,
  historyBufferSize: 500,
  strategy: "RoundRobin",
  startFrom: "start",
};
const record = (index: number, stream = "case-1", empty = Buffer.alloc(0)): StoredRecord => {
  const [position, revision] = [BigInt(index), BigInt(index)];
  return { position, revision, stream, id: `id-${index}`, type: "Seen", json: true, created: 0n, data: empty, metadata: empty };
};

/** A group with what it asked for. */
class Example implements Effects {
  time = 0;
  readonly parking: { item: Item; reason: string }[] = [];
  readonly replays: bigint[] = [];
  readonly checkpoints: bigint[] = [];
  readonly group: Group;

  constructor(over: Partial<GroupSettings> = {}, checkpoint: bigint | null = null) {
    this.group = new Group({ ...usual, ...over }, this, checkpoint);
  }
  park(item: Item, reason: string): void {
    this.parking.push({ item, reason });
  }
  replayed(revision: bigint): void {
    this.replays.push(revision);
  }
  checkpoint(place: bigint): void {
    this.checkpoints.push(place);
  }
  now(): number {
    return this.time;
  }
  offer(...indexes: number[]): void {
    for (const index of indexes) this.group.offer(BigInt(index), record(index), null);
    this.group.dispatch();
  }
  /** Once a second. */
  pass(milliseconds: number): void {
    for (let passed = 0; passed < milliseconds; passed += 1_000) {
      this.time += 1_000;
      this.group.tick();
    }
  }
}
class Listener implements GroupReader {
  inFlight = 0;
  readonly got: string[] = [];
  readonly retries: number[] = [];
  constructor(readonly size = 10) {}
  deliver({ id, retries }: Item): void {
    this.got.push(id);
    this.retries.push(retries);
  }
  acknowledged(): void {}
  drop(): void {}
}
const joined = (example: Example, size?: number): Listener => {
  const listener = new Listener(size);
  example.group.join(listener);
  return listener;
};

test("an event is in flight to one reader until it is acknowledged, by whomever", () => {
  const example = new Example();
  const [one, other] = [joined(example), joined(example)];
  example.offer(1, 2, 3);
  expect([one.got, other.got]).toEqual([["id-1", "id-3"], ["id-2"]]);
  example.group.acknowledge(["id-1", "id-2", "id-3", "id-3", "unknown"]);
  expect([...example.group.inFlight]).toEqual([]);
});

test("nobody gets more than she asked for", () => {
  const example = new Example();
  const one = joined(example, 2);
  example.offer(1, 2, 3);
  expect(one.got).toEqual(["id-1", "id-2"]);
  example.group.acknowledge(["id-2"]);
  expect(one.got).toEqual(["id-1", "id-2", "id-3"]);
  expect(joined(new Example(), 0).got).toEqual([]);
});

test("what timed out comes again, and is parked when it has come often enough", () => {
  const example = new Example({ messageTimeout: 1_500, maxRetryCount: 1 });
  const one = joined(example);
  example.offer(1);
  example.pass(1_000);
  expect(one.retries).toEqual([0]);
  example.pass(1_000);
  expect(one.retries).toEqual([0, 1]);
  example.pass(2_000);
  expect(example.parking.map(({ reason }) => reason)).toEqual(["Reached retry count of 1"]);
});

test("without retries, it is parked at the first refusal", () => {
  const example = new Example({ maxRetryCount: 0 });
  joined(example);
  example.offer(1);
  example.group.refuse(["id-1"], "retry", "");
  expect(example.parking).toHaveLength(1);
});

test("what a reader leaves behind is never parked for it", () => {
  const example = new Example({ maxRetryCount: 0 });
  const one = joined(example);
  example.offer(1, 2);
  example.group.leave(one);
  expect(example.parking).toEqual([]);
  expect(joined(example).retries).toEqual([1, 1]);
});

test("what is tried again goes before what is new, and what is replayed in between", () => {
  const example = new Example();
  const one = joined(example, 1);
  example.offer(1, 2);
  example.group.refuse(["id-1"], "retry", "");
  example.group.replay({ ...record(0, "parked"), id: "link-0" }, record(9));
  for (const id of ["id-1", "link-0", "id-2"]) example.group.acknowledge([id]);
  expect(one.got).toEqual(["id-1", "id-1", "link-0", "id-2"]);
  expect(example.replays).toEqual([0n]);
});

describe("a checkpoint", () => {
  test("is the event before the lowest that is not done with", () => {
    const example = new Example({ maxCheckpointCount: 2 });
    joined(example);
    example.offer(1, 2, 3, 4);
    example.group.acknowledge(["id-1", "id-2", "id-4"]);
    expect(example.checkpoints).toEqual([2n]);
    example.group.acknowledge(["id-3"]);
    expect(example.checkpoints).toEqual([2n, 4n]);
  });
  test("waits for the clock where too few are done with", () => {
    const example = new Example({ minCheckpointCount: 2 });
    joined(example);
    example.offer(1, 2, 3);
    example.group.acknowledge(["id-1"]);
    example.pass(5_000);
    expect(example.checkpoints).toEqual([]);
    example.group.acknowledge(["id-2"]);
    example.pass(1_000);
    expect(example.checkpoints).toEqual([2n]);
  });
  test("never passes over what waits for a reader, whatever the filter left out behind it", () => {
    const example = new Example({ maxCheckpointCount: 1 });
    const one = joined(example, 1);
    example.offer(1, 2);
    example.group.pass(50n);
    example.group.acknowledge(["id-1"]);
    expect(example.checkpoints).toEqual([1n]);
    example.group.acknowledge(["id-2"]);
    expect([one.got, example.checkpoints]).toEqual([
      ["id-1", "id-2"],
      [1n, 50n],
    ]);
  });
  test("waits until what is parked has been written", () => {
    const example = new Example({ maxCheckpointCount: 1 });
    joined(example);
    example.offer(1);
    example.group.refuse(["id-1"], "park", "why");
    expect(example.checkpoints).toEqual([]);
    example.group.finished(example.parking[0]!.item);
    example.pass(1_000);
    expect(example.checkpoints).toEqual([1n]);
  });
});

describe("pinned", () => {
  test("the events of a stream go to one reader; a full one holds up nobody else's", () => {
    const example = new Example({ strategy: "Pinned" });
    const readers = [joined(example, 1), joined(example, 1)];
    const streams = ["case-a", "case-b", "case-a", "case-b"];
    for (const [index, stream] of streams.entries()) example.group.offer(BigInt(index), record(index, stream), null);
    example.group.dispatch();
    expect(readers.map(({ got }) => got)).toEqual([["id-0"], ["id-1"]]);
    example.group.acknowledge(["id-1"]);
    expect(readers[1]!.got).toEqual(["id-1", "id-3"]);
  });
  test("a newcomer takes an even share", () => {
    const example = new Example({ strategy: "Pinned", historyBufferSize: 10_000 });
    const one = joined(example, 10_000);
    const send = (from: number) => {
      for (let index = 0; index < 400; index++) example.group.offer(BigInt(from + index), record(from + index, `case-${index}`), null);
      example.group.dispatch();
    };
    send(0);
    example.group.acknowledge(one.got);
    const other = joined(example, 10_000);
    send(400);
    expect(Math.abs(one.got.length - 400 - other.got.length)).toBeLessThan(60);
  });
});

type Step = "offer" | "pass" | "join" | "leave" | "ack" | "retry" | "park" | "skip" | "tick" | "written" | "failed";
const steps: Step[] = [
  "offer",
  "offer",
  "offer",
  "pass",
  "join",
  "leave",
  "ack",
  "ack",
  "retry",
  "park",
  "skip",
  "tick",
  "written",
  "failed",
];

test.each(["RoundRobin", "DispatchToSingle", "Pinned"])(
  "%s: whatever happens, every event is somewhere, once, and no checkpoint runs ahead",
  (strategy) =>
    fc.assert(
      fc.property(fc.array(fc.record({ step: fc.constantFrom(...steps), which: fc.nat(20) }), { maxLength: 120 }), (happens) => {
        const example = new Example({ strategy, maxRetryCount: 1, maxCheckpointCount: 2, messageTimeout: 2_000 });
        const { group } = example;
        const readers: Listener[] = [];
        const done = new Set<string>();
        let next = 0;
        for (const { step, which } of happens) {
          const flying = [...group.inFlight.keys()];
          const one = flying[which % Math.max(1, flying.length)];
          const reader = readers[which % Math.max(1, readers.length)];
          if (step === "offer") group.offer(BigInt(next), record(next++, `case-${which}`), null);
          if (step === "pass") group.pass(BigInt(next++));
          if (step === "join") readers.push(joined(example, which % 4));
          if (step === "leave" && reader) group.leave(readers.splice(readers.indexOf(reader), 1)[0]!);
          if (step === "tick") example.pass(1_000);
          if (step === "written" && example.parking.length > 0) {
            const { item } = example.parking.shift()!;
            done.add(item.id);
            group.finished(item);
          }
          if (step === "failed" && example.parking.length > 0) group.again(example.parking.shift()!.item);
          if (one && (step === "ack" || step === "skip")) {
            done.add(one);
            if (step === "ack") group.acknowledge([one]);
            else group.refuse([one], "skip", "");
          }
          if (one && (step === "retry" || step === "park")) group.refuse([one], step, "");
          group.dispatch();
          const places = [
            ...group.inFlight.keys(),
            ...[...group.waiting, ...group.retrying, ...example.parking.map(({ item }) => item)].map(({ id }) => id),
            ...done,
          ];
          expect(new Set(places).size).toBe(places.length);
          const offered = Array.from({ length: next }, (_, index) => `id-${index}`).filter((id) => places.includes(id));
          expect(offered.length).toBe(places.length);
          for (const each of readers) expect(each.inFlight).toBeLessThanOrEqual(each.size);
          const unfinished = places.filter((id) => !done.has(id)).map((id) => BigInt(id.slice(3)));
          for (const place of example.checkpoints) expect(unfinished.every((each) => each > place)).toBe(true);
        }
        expect(example.checkpoints).toEqual(example.checkpoints.toSorted((first, second) => Number(first - second)));
      }),
    ),
);
