import type { ServerWritableStream } from "@grpc/grpc-js";
import type { ReadReq, ReadResp } from "@eventstore/db-client/generated/streams_pb.js";
import { matches } from "../semantics/filter.js";
import { endOfTime } from "../semantics/metadata.js";
import { isHidden, isReadable, isVisible, type StreamState } from "../semantics/stream.js";
import type { Reading } from "../storage/reading.js";
import type { MayRead } from "./access.js";
import { failureOf, streamDeleted } from "./failure.js";
import { firstPosition, lastPosition, streamNotFound } from "./messages.js";
import { messageOf } from "./resolve.js";
import { questionOf, type Question } from "./question.js";
import type { Node } from "./node.js";
import { Outgoing } from "./outgoing.js";
import { Subscription } from "./subscription.js";

const page = 500;

/** `Streams.Read` in all its forms. */
export const read =
  ({ reading, live, access, slots, limits }: Node) =>
  (call: ServerWritableStream<ReadReq, ReadResp | Buffer>) => {
    const outgoing = new Outgoing(call, limits.stuckSeconds);
    const answer = async () => {
      const question = questionOf(call.request);
      const caller = await access.require(call, question.stream ?? "$all", "read");
      const mayRead = access.mayRead(caller);
      if (question.count === null) {
        const leave = slots.enter(call, caller);
        return new Subscription(question, reading, live, outgoing, mayRead).run().finally(leave);
      }
      const { stream } = question;
      await (stream === null ? readAll(question, reading, outgoing, mayRead) : readStream(question, stream, reading, outgoing, mayRead));
      if (!outgoing.closed) call.end();
    };
    answer().catch((error: unknown) => {
      if (!outgoing.closed) call.emit("error", failureOf(error));
    });
  };

async function readStream(question: Question, stream: string, reading: Reading, outgoing: Outgoing, mayRead: MayRead): Promise<void> {
  const state = await reading.state(stream);
  if (state.tombstoned) throw streamDeleted(stream);
  if (!isReadable(state)) return outgoing.send(streamNotFound(stream));
  const found = await readWindow(question, state, reading, outgoing, mayRead);
  if (!question.tellsEnds || outgoing.closed) return;
  const next = found === 0 && !question.backwards ? nextVisible(question.from, state) : null;
  if (next !== null && next !== (question.from === "start" ? 0n : question.from)) await outgoing.send(firstPosition(next));
  await outgoing.send(lastPosition(state.last));
}

/** Where reading forwards would go on, having found nothing. */
const nextVisible = (from: Question["from"], { first, last }: StreamState): bigint =>
  first <= last && (from === "start" || (from !== "end" && from < first)) ? first : last + 1n;

/** Sends what of the stream can be read; answers how many events that were. */
async function readWindow(question: Question, state: StreamState, reading: Reading, outgoing: Outgoing, mayRead: MayRead): Promise<number> {
  const { from, backwards, count, resolveLinks } = question;
  const now = Date.now();
  let next = startIn(from, backwards, state);
  let left = count!;
  while (left > 0 && next >= state.first && next <= state.last && !outgoing.closed) {
    const pageSize = Math.min(left, page);
    const records = await reading.stream(state, next, backwards, pageSize);
    for (const record of records) {
      if (!isVisible(state, record, now)) continue;
      await outgoing.send(await messageOf(record, resolveLinks, reading, mayRead));
      left--;
    }
    if (records.length < pageSize) break;
    next = records.at(-1)!.revision + (backwards ? -1n : 1n);
  }
  return count! - left;
}

function startIn(from: Question["from"], backwards: boolean, { first, last }: { first: bigint; last: bigint }): bigint {
  if (from === "end" || (backwards && from !== "start" && from > last)) return last;
  if (from === "start") return backwards ? 0n : first;
  return !backwards && from < first ? first : from;
}

/** Forwards from a position is inclusive, backwards exclusive. */
async function readAll(question: Question, reading: Reading, outgoing: Outgoing, mayRead: MayRead): Promise<void> {
  const { from, backwards, count, filter, resolveLinks } = question;
  if ((from === "end" && !backwards) || (from === "start" && backwards)) return;
  let next = from === "end" ? endOfTime : from === "start" ? -1n : backwards ? from : from - 1n;
  for (let left = count!; left > 0 && !outgoing.closed;) {
    const pageSize = filter ? page : Math.min(left, page);
    const records = await reading.all(next, backwards, pageSize);
    for (const record of records) {
      if (isHidden(record.stream) || (filter && !matches(filter, record))) continue;
      await outgoing.send(await messageOf(record, resolveLinks, reading, mayRead));
      if (--left === 0) return;
    }
    if (records.length < pageSize) return;
    next = records.at(-1)!.position;
  }
}
