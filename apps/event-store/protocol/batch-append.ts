import type { ServerDuplexStream } from "@grpc/grpc-js";
import type { BatchAppendReq, BatchAppendResp } from "@eventstore/db-client/generated/streams_pb.js";
import { LRUCache } from "lru-cache";
import type { Access } from "./access.js";
import type { Change } from "../change.js";
import type { Proposed } from "../semantics/record.js";
import type { Writer } from "../writer.js";
import { accessDeniedMessage, badRequestMessage, outcomeMessage, timeoutMessage, tooLargeMessage } from "./batch-answer.js";
import { type Failure, failureOf, isAccessDenied } from "./failure.js";
import { shared } from "./generated.js";
import { expectedOf, maximumAppendSize, nameOf, proposedOf, sizeOf } from "./proposed.js";

type Call = ServerDuplexStream<BatchAppendReq, BatchAppendResp>;

/** An append that is not answered yet. */
interface Pending {
  readonly begun: BatchAppendReq;
  readonly events: Proposed[];
  size: number;
  /** Its last part has come. */
  complete: boolean;
  readonly change: Omit<Change, "events">;
  readonly timer: NodeJS.Timeout;
}

/** How long an append may take, whatever the client says. */
const longest = 60_000;
/** How many appends are remembered after their answer. */
const mostAnswered = 10_000;

/** `Streams.BatchAppend`: one long-lived stream of appends in parts, each answered exactly once, in the order of their last parts. */
export const batchAppend = (writer: Writer, access: Access) => (call: Call) => new BatchAppends(call, writer, access);

class BatchAppends {
  readonly #pending = new Map<string, Pending>();
  /** A second answer would end the client's process: whatever else comes of these is passed over. */
  readonly #answered = new LRUCache<string, true>({ max: mostAnswered });
  #writing = 0;
  #order: Promise<unknown> = Promise.resolve();
  #ended = false;
  #closed = false;

  constructor(
    readonly call: Call,
    readonly writer: Writer,
    readonly access: Access,
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
    const known = this.#pending.get(key);
    if (known ? known.complete : !request.hasOptions() && this.#answered.has(key)) return;
    try {
      const pending = known ?? this.#begin(key, request);
      const events = request.getProposedMessagesList().map(proposedOf);
      pending.events.push(...events);
      pending.size += sizeOf(events);
      if (pending.size > maximumAppendSize) return this.#answer(key, pending.begun, tooLargeMessage());
      if (request.getIsFinal()) this.#write(key, pending);
    } catch (error) {
      const refusal = error === late ? timeoutMessage() : error === denied ? accessDeniedMessage() : badRequestMessage();
      this.#answer(key, known?.begun ?? request, refusal);
    }
  }

  #begin(key: string, begun: BatchAppendReq): Pending {
    const options = begun.getOptions();
    if (!options) throw new Error("the first part of an append names its stream");
    const stream = nameOf(options.getStreamIdentifier());
    if (stream === "$all") throw denied;
    const expected = expectedOf(options, options.getStreamPosition());
    const left = (options.getDeadline()?.toDate().getTime() ?? Infinity) - Date.now();
    if (left <= 0) throw late;
    const timer = setTimeout(() => this.#answer(key, begun, timeoutMessage()), Math.min(left, longest));
    const pending = { begun, events: [], size: 0, complete: false, change: { kind: "append" as const, stream, expected }, timer };
    this.#pending.set(key, pending);
    return pending;
  }

  #write(key: string, pending: Pending): void {
    const { begun, events, change } = pending;
    pending.complete = true;
    this.#writing++;
    this.#permitted(change.stream, () => this.writer.write({ ...change, events }))
      .then(
        (outcome) => this.#pending.get(key) === pending && this.#answer(key, begun, outcomeMessage(begun.getOptions()!, outcome)),
        (error: unknown) => this.#fail(key, begun, failureOf(error)),
      )
      .finally(() => {
        this.#writing--;
        this.#endWhenDone();
      });
  }

  /** Where rights must be asked for first, writes still go on in the order of their last parts. */
  #permitted<T>(stream: string, write: () => Promise<T>): Promise<T> {
    if (this.access.isOpen) return write();
    const permitted = Promise.all([this.access.require(this.call, stream, "write"), this.#order.catch(() => undefined)]);
    this.#order = permitted;
    return permitted.then(write);
  }

  /** The client reads the stream's name also from errors. */
  #answer(key: string, begun: BatchAppendReq, response: BatchAppendResp): void {
    clearTimeout(this.#pending.get(key)?.timer);
    this.#pending.delete(key);
    this.#answered.set(key, true);
    if (this.#closed) return;
    response.setStreamIdentifier(begun.getOptions()?.getStreamIdentifier() ?? new shared.StreamIdentifier());
    this.call.write(response.setCorrelationId(begun.getCorrelationId()));
  }

  /** The storage cannot be reached: what became of the appends is not known, and the client is to connect anew. */
  #fail(key: string, begun: BatchAppendReq, failure: Failure): void {
    if (this.#closed) return;
    if (isAccessDenied(failure)) return this.#answer(key, begun, accessDeniedMessage());
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
