import type { ServerWritableStream } from "@grpc/grpc-js";
import type { ReadReq, ReadResp } from "@eventstore/db-client/generated/streams_pb.js";
import { matches } from "../semantics/filter.js";
import { endOfTime } from "../semantics/metadata.js";
import { isHidden, isReadable, isVisible } from "../semantics/stream.js";
import type { Reading } from "../storage/reading.js";
import type { Live } from "../live.js";
import type { Access } from "./access.js";
import { failureOf, streamDeleted } from "./failure.js";
import { streamNotFound } from "./messages.js";
import { messageOf } from "./resolve.js";
import { questionOf, type Question } from "./question.js";
import { Outgoing } from "./outgoing.js";
import { Subscription } from "./subscription.js";

const page = 500;

/** `Streams.Read` in all its forms. */
export const read = (reading: Reading, live: Live, access: Access) => (call: ServerWritableStream<ReadReq, ReadResp>) => {
  const outgoing = new Outgoing(call);
  const answer = async () => {
    const question = questionOf(call.request);
    await access.require(call, question.stream ?? "$all", "read");
    if (question.count === null) return new Subscription(question, reading, live, outgoing).run();
    await (question.stream === null ? readAll(question, reading, outgoing) : readStream(question, question.stream, reading, outgoing));
    if (!outgoing.closed) call.end();
  };
  answer().catch((error: unknown) => {
    if (!outgoing.closed) call.emit("error", failureOf(error));
  });
};

async function readStream(question: Question, stream: string, reading: Reading, outgoing: Outgoing): Promise<void> {
  const { from, backwards, count, resolveLinks } = question;
  const state = await reading.state(stream);
  if (state.tombstoned) throw streamDeleted(stream);
  if (!isReadable(state)) return outgoing.send(streamNotFound(stream));
  const now = Date.now();
  let next = startIn(from, backwards, state);
  for (let left = count!; left > 0 && next >= state.first && next <= state.last && !outgoing.closed;) {
    const asked = Math.min(left, page);
    const records = await reading.stream(state, next, backwards, asked);
    for (const record of records) {
      if (!isVisible(state, record, now)) continue;
      await outgoing.send(await messageOf(record, resolveLinks, reading));
      left--;
    }
    if (records.length < asked) return;
    next = records.at(-1)!.revision + (backwards ? -1n : 1n);
  }
}

function startIn(from: Question["from"], backwards: boolean, { first, last }: { first: bigint; last: bigint }): bigint {
  if (from === "end" || (backwards && from !== "start" && from > last)) return last;
  if (from === "start") return backwards ? 0n : first;
  return !backwards && from < first ? first : from;
}

/** Forwards from a position is inclusive, backwards exclusive. */
async function readAll({ from, backwards, count, filter, resolveLinks }: Question, reading: Reading, outgoing: Outgoing): Promise<void> {
  if ((from === "end" && !backwards) || (from === "start" && backwards)) return;
  let next = from === "end" ? endOfTime : from === "start" ? -1n : backwards ? from : from - 1n;
  for (let left = count!; left > 0 && !outgoing.closed;) {
    const asked = filter ? page : Math.min(left, page);
    const records = await reading.all(next, backwards, asked);
    for (const record of records) {
      if (isHidden(record.stream) || (filter && !matches(filter, record))) continue;
      await outgoing.send(await messageOf(record, resolveLinks, reading));
      if (--left === 0) return;
    }
    if (records.length < asked) return;
    next = records.at(-1)!.position;
  }
}
