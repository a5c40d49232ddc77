import { randomUUID } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import { jsonEvent } from "@eventstore/db-client";
import { EventLog } from "#store/event-log.js";
import { follow, type Batch } from "#store/follow.js";
import type { Position, StoredFact } from "#store/stored.js";
import { clientOf } from "../event-store/node.js";
import { BehindFaults } from "../support/behind-faults.js";
import { connectionLost, tooSlow, type Fate } from "../support/faulty-store.js";
import { metadata } from "../support/metadata.js";
import { eventually } from "../support/processes.js";

const here = new BehindFaults();

const append = (stream: string, count: number, type = "Seen") =>
  clientOf(here.store.url).appendToStream(
    stream,
    Array.from({ length: count }, (_, index) => jsonEvent({ type, data: { data: { index } }, metadata: { ...metadata } })),
  );

/** Follows what has the prefix, committing every batch as a view would; `deliver` may refuse it before. */
class Reader {
  readonly facts: StoredFact[] = [];
  readonly interruptions: string[] = [];
  committed: Position | null = null;
  readonly #stop = new AbortController();
  readonly log = new EventLog(here.url);
  readonly ended: Promise<void>;

  constructor(prefix: string, over: { silence?: number; types?: readonly string[]; deliver?: (batch: Batch) => Promise<void> } = {}) {
    this.ended = follow(
      this.log,
      {
        ...(over.silence && { silence: over.silence }),
        follows: over.types ? { types: over.types } : { streams: [prefix] },
        position: async () => this.committed,
        deliver: async (batch) => {
          await over.deliver?.(batch);
          this.facts.push(...batch.facts);
          this.committed = batch.position;
        },
        interrupted: ({ message }) => this.interruptions.push(message),
      },
      this.#stop.signal,
    );
  }
  async stop(): Promise<void> {
    this.#stop.abort();
    await this.ended.catch(() => undefined);
    await this.log.close();
  }
}

const indexes = (reader: Reader) => reader.facts.map(({ data }) => (data as { index: number }).index);
const upTo = (count: number) => Array.from({ length: count }, (_, index) => index);

/** The first subscription meets this at its 40th message; those after it meet nothing. */
const once = (fate: Fate) => (_: unknown, index: number) => (here.faulty.reads === 1 && index === 40 ? fate : "pass");

describe("the log is followed to the end, each fact once and in order,", () => {
  test.each<[string, Fate, RegExp]>([
    ["although the server drops a slow reader", tooSlow, /too slow/],
    ["although the connection is lost", connectionLost, /connection was lost/],
    ["although the server ends the subscription", "end", /end|closed/],
  ])("%s", async (_, fate, reason) => {
    const prefix = `${randomUUID()}-`;
    await append(`${prefix}1`, 60);
    here.faulty.onRead = once(fate);
    const reader = new Reader(prefix);
    await eventually("all facts have come", () => reader.facts.length >= 60);
    await append(`${prefix}2`, 5);
    await eventually("those that came later have come", () => reader.facts.length >= 65);
    await reader.stop();
    expect(indexes(reader)).toEqual([...upTo(60), ...upTo(5)]);
    expect(reader.interruptions[0]).toMatch(reason);
  });

  test("although the server drops slow readers again and again", async () => {
    const prefix = `${randomUUID()}-`;
    await append(`${prefix}1`, 300);
    here.faulty.onRead = (_, index) => (here.faulty.reads <= 8 && index === 25 ? tooSlow : "pass");
    const reader = new Reader(prefix);
    await eventually("all facts have come", () => reader.facts.length >= 300);
    await reader.stop();
    expect(indexes(reader)).toEqual(upTo(300));
    expect(reader.interruptions.length).toBe(8);
  });

  test("although the subscription falls silent without a word", async () => {
    const prefix = `${randomUUID()}-`;
    await append(`${prefix}1`, 60);
    let isSilent = false;
    here.faulty.onRead = (message) => {
      const isTheOne = message.getEvent()?.getEvent()?.getStreamRevision() === "29" && !isSilent;
      isSilent ||= isTheOne;
      return isTheOne ? "silence" : "pass";
    };
    const reader = new Reader(prefix, { silence: 100 });
    await eventually("all facts have come", () => reader.facts.length >= 60);
    await reader.stop();
    expect(indexes(reader)).toEqual(upTo(60));
    expect(reader.interruptions).toContain("no news while the log's head moved on");
  });
});

test("facts of some types are followed in whatever stream, and nothing else is told", async () => {
  const type = `Told${randomUUID()}`;
  const reader = new Reader("", { types: [type], silence: 100 });
  for (const stream of ["1", "2", "3"]) {
    await append(`${randomUUID()}-${stream}`, 1, type);
    await append(`${randomUUID()}-${stream}`, 2);
  }
  await eventually("all of them have come", () => reader.facts.length === 3);
  await pause(400);
  await reader.stop();
  expect([reader.facts.map((fact) => fact.type), reader.interruptions]).toEqual([[type, type, type], []]);
});

test("what goes on beside it, and is not followed, is no reason to begin again", async () => {
  const prefix = `${randomUUID()}-`;
  await append(`${prefix}1`, 1);
  const reader = new Reader(prefix, { silence: 100 });
  await eventually("the fact has come", () => reader.facts.length === 1);
  for (let others = 0; others < 20; others++) {
    await append(`${randomUUID()}-1`, 1);
    await pause(50);
  }
  await append(`${prefix}1`, 1);
  await eventually("the next has come", () => reader.facts.length === 2);
  await reader.stop();
  expect(reader.interruptions).toEqual([]);
});

test("after a batch that was not committed, it comes again", async () => {
  const prefix = `${randomUUID()}-`;
  await append(`${prefix}1`, 60);
  let refused = 0;
  const reader = new Reader(prefix, {
    deliver: async () => {
      if (refused++ === 0) throw new Error("the database is away");
    },
  });
  await expect(reader.ended).rejects.toThrow("the database is away");
  expect([reader.facts, reader.committed]).toEqual([[], null]);
  const again = new Reader(prefix);
  await eventually("all facts have come", () => again.facts.length >= 60);
  await Promise.all([reader.stop(), again.stop()]);
  expect(indexes(again)).toEqual(upTo(60));
});

test("a reader that is slow holds back the server instead of filling its memory", async () => {
  const prefix = `${randomUUID()}-`;
  await Promise.all([1, 2, 3, 4].map((stream) => append(`${prefix}${stream}`, 2_000)));
  let open = () => {};
  const opened = new Promise<void>((resolve) => (open = resolve));
  let sent = 0;
  here.faulty.onRead = (message) => {
    if (message.hasEvent()) sent++;
    return "pass";
  };
  const reader = new Reader(prefix, { deliver: () => opened });
  await eventually("the server has begun", () => sent > 0);
  let before = -1;
  await eventually("the server waits", async () => {
    const still = sent === before;
    before = sent;
    await new Promise((resolve) => setTimeout(resolve, 300));
    return still;
  });
  expect(sent).toBeLessThan(6_000);
  open();
  await eventually("all facts have come", () => reader.facts.length >= 8_000);
  await reader.stop();
});
