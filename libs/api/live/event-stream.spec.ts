import { PassThrough } from "node:stream";
import type { RowState } from "#projection/read/live-rows.js";
import { unauthenticated } from "#platform/http/problem.js";
import { eventStream } from "./event-stream.js";
import { Latest } from "./latest.js";

const state = (position: bigint, text = ""): RowState => ({ position, row: { text, stale: false } });
const read = async (stream: AsyncIterable<Buffer>) => {
  let text = "";
  for await (const chunk of stream) text += chunk.toString();
  return text;
};
const eventLoop = () => new Promise((done) => setImmediate(done));

test("each state is an event whose id is its position; the last one says why there are no more", async () => {
  const states = new Latest<RowState>();
  const reading = read(eventStream(states));
  states.put(state(12345678901234567890n));
  await eventLoop();
  states.end(unauthenticated("TokenExpired"));
  const [hello, first, last, rest] = (await reading).split("\n\n");
  expect(hello).toBe("retry: 1000");
  expect(first).toBe('id: 12345678901234567890\ndata: {"position":"12345678901234567890","row":{"text":"","stale":false}}');
  expect(last).toMatch(/^event: end\ndata: \{.*"code":"TokenExpired"/);
  expect(rest).toBe("");
});

test("a client that reads nothing holds one state at a time, and finds the newest when it reads again", async () => {
  const states = new Latest<RowState>();
  const client = new PassThrough({ highWaterMark: 100 });
  const stream = eventStream(states).pipe(client);
  const most = 200;
  for (let position = 1n; position <= most; position++) {
    states.put(state(position, "x".repeat(1_000)));
    await eventLoop();
  }
  expect(client.readableLength + client.writableLength).toBeLessThan(5_000);
  await eventLoop();
  setImmediate(() => states.end());
  const ids = [...(await read(stream)).matchAll(/^id: (\d+)$/gm)].map(([, id]) => Number(id));
  expect(ids.length).toBeLessThan(10);
  expect(ids.at(-1)).toBe(most);
});

test("silence is broken by comments, which wait for nobody", async () => {
  const states = new Latest<RowState>();
  const client = new PassThrough();
  eventStream(states, 1).pipe(client);
  let text = "";
  for await (const chunk of client) if ((text += String(chunk)).includes(":\n\n:\n\n")) break;
  states.put(state(1n));
  states.end();
});

test("a client that goes ends its states", async () => {
  const states = new Latest<RowState>();
  eventStream(states).destroy();
  await states.ended;
});
