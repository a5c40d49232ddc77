import type { ServerWritableStream } from "@grpc/grpc-js";
import type { ReadReq, ReadResp } from "@eventstore/db-client/generated/streams_pb.js";
import { matches } from "../semantics/filter.js";
import type { Reading } from "../storage/reading.js";
import type { Live } from "../live.js";
import { failureOf } from "./failure.js";
import { streamNotFound } from "./messages.js";
import { messageOf } from "./resolve.js";
import { questionOf, type Question } from "./question.js";
import { Outgoing } from "./outgoing.js";
import { Subscription } from "./subscription.js";

const page = 500;

/** `Streams.Read` in all its forms. */
export const read = (reading: Reading, live: Live) => (call: ServerWritableStream<ReadReq, ReadResp>) => {
  const outgoing = new Outgoing(call);
  const answer = async () => {
    const question = questionOf(call.request);
    if (question.count === null) return new Subscription(question, reading, live, outgoing).run();
    await (question.stream === null ? readAll(question, reading, outgoing) : readStream(question, question.stream, reading, outgoing));
    call.end();
  };
  answer().catch((error: unknown) => {
    if (!outgoing.closed) call.emit("error", failureOf(error));
  });
};

async function readStream(
  { from, backwards, count, resolveLinks }: Question,
  stream: string,
  reading: Reading,
  outgoing: Outgoing,
): Promise<void> {
  const head = (await reading.heads([stream])).get(stream);
  if (!head || head.last < 0n) return void (await outgoing.send(streamNotFound(stream)));
  const end = from === "end" || (backwards && typeof from === "bigint" && from > head.last);
  let next = end ? head.last : from === "start" ? 0n : (from as bigint);
  for (let left = count!; left > 0 && next >= 0n && !outgoing.closed;) {
    const records = await reading.stream(stream, next, backwards, Math.min(left, page));
    for (const record of records) await outgoing.send(await messageOf(record, resolveLinks, reading));
    if (records.length < Math.min(left, page)) return;
    left -= records.length;
    next = records.at(-1)!.revision + (backwards ? -1n : 1n);
  }
}

/** Forwards from a position is inclusive, backwards exclusive. */
async function readAll({ from, backwards, count, filter, resolveLinks }: Question, reading: Reading, outgoing: Outgoing): Promise<void> {
  if ((from === "end" && !backwards) || (from === "start" && backwards)) return;
  let next = from === "end" ? 2n ** 63n - 1n : from === "start" ? -1n : backwards ? from : from - 1n;
  for (let left = count!; left > 0 && !outgoing.closed;) {
    const records = await reading.all(next, backwards, filter ? page : Math.min(left, page));
    if (records.length === 0) return;
    next = records.at(-1)!.position;
    for (const record of records) {
      if (filter && !matches(filter, record)) continue;
      await outgoing.send(await messageOf(record, resolveLinks, reading));
      if (--left === 0) return;
    }
  }
}
