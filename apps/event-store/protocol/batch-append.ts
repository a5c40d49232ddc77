import type { ServerDuplexStream } from "@grpc/grpc-js";
import type { BatchAppendReq, BatchAppendResp } from "@eventstore/db-client/generated/streams_pb.js";
import { LRUCache } from "lru-cache";
import type { Write } from "../change.js";
import type { Proposed } from "../semantics/record.js";
import { accessDeniedMessage, badRequestMessage, outcomeMessage, timeoutMessage, tooLargeMessage } from "./batch-answer.js";
import { type Passed, passedOf } from "./guard/passed.js";
import { Stuck } from "./guard/stuck.js";
import { type Failure, failureOf, isAccessDenied } from "./failure.js";
import { shared } from "./generated.js";
import type { Node } from "./node.js";
import { expectedOf, maximumAppendSize, nameOf, proposedOf, sizeOf, weightOf } from "./proposed.js";

type BatchCall = ServerDuplexStream<BatchAppendReq, BatchAppendResp>;

/** An append that is not answered yet. */
interface Pending {
  readonly begun: BatchAppendReq;
  readonly parts: BatchAppendReq[];
  readonly events: Proposed[];
  /** Bytes of data, and of all that is kept. */
  size: number;
  weight: number;
  /** Its last part has come. */
  complete: boolean;
  readonly change: Omit<Write, "events">;
  readonly timer: NodeJS.Timeout;
}

/** How long an append may take, whatever the client says. */
const longest = 60_000;
/** How many appends of one client, and how many bytes of them, wait to be stored before more is taken from it. */
const mostWriting = 2_000;
const mostWritingBytes = 8 * 1_024 * 1_024;
/** How many appends of one client may have begun and not come wholly. */
const mostBegun = 10_000;
/** How many appends are remembered after their answer. */
const mostAnswered = 10_000;

/** `Streams.BatchAppend`: one long-lived stream of appends in parts, each answered exactly once, in the order of their last parts. */
export const batchAppend = (node: Node) => (call: BatchCall) => new BatchAppends(call, node);

class BatchAppends {
  readonly #pending = new Map<string, Pending>();
  /** A second answer would end the client's process: whatever else comes of these is passed over. */
  readonly #answered = new LRUCache<string, true>({ max: mostAnswered });
  #writing = 0;
  #writingBytes = 0;
  readonly #passed: Passed;
  readonly #stuck: Stuck;
  #order: Promise<unknown> = Promise.resolve();
  #ended = false;
  #closed = false;

  constructor(
    readonly call: BatchCall,
    readonly node: Node,
  ) {
    this.#passed = passedOf(call);
    this.#stuck = new Stuck(call, node.limits.stuckSeconds, () => {
      this.#close();
      this.#passed.cut();
    });
    call.on("drain", () => this.#goOn());
    call.on("data", (request: BatchAppendReq) => this.#take(request));
    call.on("end", () => {
      this.#ended = true;
      this.#endWhenDone();
    });
    for (const event of ["cancelled", "error", "close"]) call.on(event, () => this.#close());
  }

  #take(request: BatchAppendReq): void {
    if (this.#closed) return;
    const key = keyOf(request);
    const known = this.#pending.get(key);
    if (known ? known.complete : !request.hasOptions() && this.#answered.has(key)) return this.#passed.done(request);
    try {
      const pending = known ?? this.#begin(key, request);
      const events = request.getProposedMessagesList().map(proposedOf);
      pending.parts.push(request);
      for (const event of events) pending.events.push(event);
      pending.size += sizeOf(events);
      pending.weight += events.reduce((sum, event) => sum + weightOf(event), 0);
      const most = pending.size > maximumAppendSize ? maximumAppendSize : this.node.limits.appendBytes;
      if (pending.size > maximumAppendSize || pending.weight > most) return this.#answer(key, pending.begun, tooLargeMessage(most));
      if (request.getIsFinal()) this.#write(key, pending);
    } catch (error) {
      const refusal = error === late ? timeoutMessage() : error === denied ? accessDeniedMessage() : badRequestMessage();
      this.#answer(key, known?.begun ?? request, refusal);
      this.#passed.done(request);
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
    if (this.#pending.size >= mostBegun + this.#writing) throw new Error("too many appends have begun");
    const timer = setTimeout(() => this.#answer(key, begun, timeoutMessage()), Math.min(left, longest));
    const pending = {
      begun,
      parts: [],
      events: [],
      size: 0,
      weight: 0,
      complete: false,
      change: { kind: "append" as const, stream, expected },
      timer,
    };
    this.#pending.set(key, pending);
    return pending;
  }

  #write(key: string, pending: Pending): void {
    const { begun, events, change } = pending;
    pending.complete = true;
    this.#writing++;
    this.#writingBytes += pending.weight;
    if (this.#isFull) this.call.pause();
    this.#permitted(change.stream, () => this.node.writer.write({ ...change, events }))
      .then(
        (outcome) => this.#pending.get(key) === pending && this.#answer(key, begun, outcomeMessage(begun.getOptions()!, outcome)),
        (error: unknown) => this.#fail(key, begun, failureOf(error)),
      )
      .finally(() => {
        this.#writing--;
        this.#writingBytes -= pending.weight;
        for (const part of pending.parts) this.#passed.done(part);
        this.#goOn();
        this.#endWhenDone();
      });
  }

  /** Where rights must be asked for first, writes still go on in the order of their last parts. */
  #permitted<T>(stream: string, write: () => Promise<T>): Promise<T> {
    if (this.node.access.isOpen) return write();
    const permitted = Promise.all([this.node.access.require(this.call, stream, "write"), this.#order.catch(() => undefined)]);
    this.#order = permitted;
    return permitted.then(write);
  }

  /** The client reads the stream's name also from errors. */
  #answer(key: string, begun: BatchAppendReq, response: BatchAppendResp): void {
    const pending = this.#pending.get(key);
    clearTimeout(pending?.timer);
    if (pending && !pending.complete) for (const part of pending.parts) this.#passed.done(part);
    this.#pending.delete(key);
    this.#answered.set(key, true);
    if (this.#closed) return;
    response.setStreamIdentifier(begun.getOptions()?.getStreamIdentifier() ?? new shared.StreamIdentifier());
    if (this.call.write(response.setCorrelationId(begun.getCorrelationId()))) return;
    // Whoever does not read her answers is not asked for more.
    this.call.pause();
    this.#stuck.waits();
  }

  get #isFull(): boolean {
    return this.#writing >= mostWriting || this.#writingBytes >= mostWritingBytes || this.call.writableNeedDrain;
  }

  #goOn(): void {
    if (!this.#closed && !this.#isFull && this.call.isPaused()) this.call.resume();
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
