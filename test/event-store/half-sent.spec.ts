import { fork } from "node:child_process";
import { once } from "node:events";
import { randomUUID } from "node:crypto";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { Metadata } from "@grpc/grpc-js";
import { type EventStoreDBClient, StreamNotFoundError } from "@eventstore/db-client";
import { startEventStore, type RunningEventStore } from "../../apps/event-store/event-store.js";
import { createDatabase } from "../support/postgres.js";
import { all, clientOf, disposeClients, events } from "./node.js";
import { type Answered, appendEvent, appendOptions, type Appending, batchPart, type Batching, rawClient } from "./raw.js";

let store: RunningEventStore;
let client: EventStoreDBClient;
let raw: ReturnType<typeof rawClient>;
let stream: string;
beforeAll(async () => {
  store = await startEventStore({ databaseUrl: await createDatabase(), port: 0 });
});
beforeEach(() => {
  client = clientOf(store.url);
  raw = rawClient(new URL(store.url).host);
  stream = `case-${randomUUID()}`;
});
afterEach(async () => {
  raw.close();
  await disposeClients();
});
afterAll(() => store.stop());

const append = (answered: Answered = () => undefined, deadline = Infinity): Appending => raw.append(new Metadata(), { deadline }, answered);
/** Three events on their way, and nothing that says they are all. */
const halfSent = (answered?: Answered, deadline?: number): Appending => {
  const call = append(answered, deadline);
  call.write(appendOptions(stream));
  for (let count = 0; count < 3; count++) call.write(appendEvent());
  return call;
};
/** How many events the stream has, once whatever was sent before has had its time; another append has been stored since. */
const stored = async (): Promise<number> => {
  await pause(300);
  await client.appendToStream(`case-${randomUUID()}`, events(1));
  return all(client.readStream(stream)).then(
    (read) => read.length,
    (error: Error) => (error instanceof StreamNotFoundError ? 0 : Promise.reject(error)),
  );
};

describe("an append in one call", () => {
  test("is stored when the client has closed its side", async () => {
    const answer = new Promise((resolve) => halfSent((error) => resolve(error)).end());
    expect([await answer, await stored()]).toEqual([null, 3]);
  });
  test("is not stored when the client cancels it, at once or later", async () => {
    for (const wait of [0, 5, 100]) {
      const call = halfSent();
      await pause(wait);
      call.cancel();
    }
    expect(await stored()).toBe(0);
  });
  test("is not stored when many are cancelled while others are ended, and those are stored in order", async () => {
    const answers = Array.from({ length: 40 }, async (_, index) => {
      if (index % 2 === 0) {
        const call = halfSent();
        await pause(20);
        return call.cancel();
      }
      return new Promise<void>((resolve) => halfSent(() => resolve()).end());
    });
    await Promise.all(answers);
    expect(await stored()).toBe(60);
  });
  test("is not stored when its deadline passes", async () => {
    const code = await new Promise((resolve) => halfSent((error) => resolve(error?.code), Date.now() + 100));
    expect([code, await stored()]).toEqual([4, 0]);
  });
  test("is not stored when the connection is closed", async () => {
    halfSent();
    await pause(50);
    raw.close();
    raw = rawClient(new URL(store.url).host);
    expect(await stored()).toBe(0);
  });
});

test.each(["append", "batch"])("what a killed client had half sent is not stored: %s", async (how) => {
  const child = fork(join(import.meta.dirname, "../../dist/test/event-store/half-sent.child.js"), [new URL(store.url).host, stream, how]);
  await once(child, "message");
  await pause(50);
  child.kill("SIGKILL");
  await once(child, "exit");
  expect(await stored()).toBe(0);
});

describe("a batch append", () => {
  const open = (): Batching => {
    const call: Batching = raw.batchAppend();
    call.on("error", () => undefined).resume();
    return call;
  };
  test.each(["end", "cancel"] as const)("is not stored without its last part, whether the client should %s", async (how) => {
    const call = open();
    call.write(batchPart({ stream, events: 2, final: false }));
    await pause(50);
    call[how]();
    expect(await stored()).toBe(0);
  });
  test("is stored whole by its last part, and nothing of another beside it that lacks one", async () => {
    const call = open();
    const id = randomUUID();
    call.write(batchPart({ id, stream, events: 2, final: false }));
    call.write(batchPart({ stream, events: 5, final: false }));
    call.write(batchPart({ id, events: 1 }));
    call.end();
    expect(await stored()).toBe(3);
  });
});
