import type { ServerDuplexStream } from "@grpc/grpc-js";
import type { BatchAppendReq, BatchAppendResp } from "@eventstore/db-client/generated/streams_pb.js";
import type { Change } from "../change.js";
import type { Proposed } from "../semantics/record.js";
import type { Writer } from "../writer.js";
import { accessDeniedMessage, badRequestMessage, outcomeMessage, timeoutMessage, tooLargeMessage } from "./batch-answer.js";
import { type Failure, failureOf } from "./failure.js";
import { shared } from "./generated.js";
import { expectedOf, maximumAppendSize, nameOf, proposedOf, sizeOf } from "./proposed.js";

type Call = ServerDuplexStream<BatchAppendReq, BatchAppendResp>;

/** An append whose last part has not come yet. */
interface Pending {
  readonly begun: BatchAppendReq;
  readonly events: Proposed[];
  size: number;
  readonly change: Omit<Change, "events">;
  readonly timer: NodeJS.Timeout;
}

/** How long the parts of one append may take, whatever the client says. */
const longest = 60_000;

/** `Streams.BatchAppend`: one long-lived stream of appends in parts, each answered exactly once, in the order of their last parts. */
export const batchAppend = (writer: Writer) => (call: Call) => new BatchAppends(call, writer);

class BatchAppends {
  readonly #pending = new Map<string, Pending>();
  /** Answered before their last part: whatever else comes of them is passed over. */
  readonly #answered = new Set<string>();
  #writing = 0;
  #ended = false;
  #closed = false;

  constructor(
    readonly call: Call,
    readonly writer: Writer,
  ) {
    call.on("data", (request: BatchAppendReq) => this.#take(request));
    call.on("end", () => {
      this.#ended = true;
      this.#endWhenDone();
    });
    for (const event of ["cancelled", "error", "close"]) call.on(event, () => this.#close());
  }

  #take(request: BatchAppendReq): void {
    const key = keyOf(request);
    if (this.#answered.has(key)) {
      if (request.getIsFinal()) this.#answered.delete(key);
      return;
    }
    try {
      const pending = this.#pending.get(key) ?? this.#begin(key, request);
      const events = request.getProposedMessagesList().map(proposedOf);
      pending.events.push(...events);
      pending.size += sizeOf(events);
      if (pending.size > maximumAppendSize) return this.#refuse(key, request, tooLargeMessage());
      if (request.getIsFinal()) this.#write(key, pending);
    } catch (error) {
      const refusal = error === late ? timeoutMessage() : error === denied ? accessDeniedMessage() : badRequestMessage();
      this.#refuse(key, request, refusal);
    }
  }

  #begin(key: string, request: BatchAppendReq): Pending {
    const options = request.getOptions();
    if (!options) throw new Error("the first part of an append names its stream");
    const stream = nameOf(options.getStreamIdentifier());
    if (stream === "$all") throw denied;
    const expected = expectedOf(options, options.getStreamPosition());
    const left = (options.getDeadline()?.toDate().getTime() ?? Infinity) - Date.now();
    if (left <= 0) throw late;
    const timer = setTimeout(() => this.#refuse(key, request, timeoutMessage()), Math.min(left, longest));
    const pending = { begun: request, events: [], size: 0, change: { kind: "append" as const, stream, expected }, timer };
    this.#pending.set(key, pending);
    return pending;
  }

  #write(key: string, { begun, events, change, timer }: Pending): void {
    clearTimeout(timer);
    this.#pending.delete(key);
    this.#writing++;
    this.writer
      .write({ ...change, events })
      .then(
        (outcome) => this.#answer(begun, begun, outcomeMessage(begun.getOptions()!, outcome)),
        (error: unknown) => this.#fail(failureOf(error)),
      )
      .finally(() => {
        this.#writing--;
        this.#endWhenDone();
      });
  }

  #refuse(key: string, request: BatchAppendReq, response: BatchAppendResp): void {
    const pending = this.#pending.get(key);
    clearTimeout(pending?.timer);
    this.#pending.delete(key);
    if (!request.getIsFinal()) this.#answered.add(key);
    this.#answer(request, pending?.begun ?? request, response);
  }

  /** The client reads the stream's name also from errors. */
  #answer(request: BatchAppendReq, begun: BatchAppendReq, response: BatchAppendResp): void {
    if (this.#closed) return;
    response.setStreamIdentifier(begun.getOptions()?.getStreamIdentifier() ?? new shared.StreamIdentifier());
    this.call.write(response.setCorrelationId(request.getCorrelationId()));
  }

  /** The storage cannot be reached: what became of the appends is not known, and the client is to connect anew. */
  #fail(failure: Failure): void {
    if (this.#closed) return;
    this.#close();
    this.call.emit("error", failure);
  }

  #endWhenDone(): void {
    if (!this.#ended || this.#writing > 0 || this.#closed) return;
    this.#close();
    this.call.end();
  }

  #close(): void {
    this.#closed = true;
    for (const { timer } of this.#pending.values()) clearTimeout(timer);
    this.#pending.clear();
  }
}

const late = new Error("the deadline has passed");
const denied = new Error("the whole log is nobody's to write to");

const keyOf = (request: BatchAppendReq): string => {
  const id = request.getCorrelationId();
  return id?.getString() || `${id?.getStructured()?.getMostSignificantBits()}/${id?.getStructured()?.getLeastSignificantBits()}`;
};
