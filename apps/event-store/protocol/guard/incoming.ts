import type { ServerHttp2Stream } from "node:http2";
import { constants } from "node:http2";
import { type Metadata, ServerInterceptingCall, type ServerInterceptor, type ServerListener, status } from "@grpc/grpc-js";
import type { ServerInterceptingCallInterface } from "@grpc/grpc-js";
import type { StoreLimits } from "../../limits.js";
import { type Access, addressOf, userOf } from "../access.js";
import { accessDenied, type Failure, failure, failureOf } from "../failure.js";
import { Frames } from "./frames.js";
import { isClosedBySender } from "./half-close.js";
import { streamOf } from "./http2-stream.js";
import { letIn, type Passed } from "./passed.js";
import { ruleOf, type MethodRule } from "./rules.js";
import { Room } from "./room.js";

/** How much an unsigned client may send where she is answered at all, bytes. */
const unsignedBytes = 64 * 1_024;
/** What a message takes up beside its bytes. */
const overhead = 300;
/** How long a client may take to read why it was refused, milliseconds. */
const farewell = 5_000;

export interface GuardOptions {
  readonly access: Access;
  readonly limits: StoreLimits;
  /** What has come and is not done with. */
  readonly room: Room;
  /** Told that a connection is used. */
  readonly used: (peer: string) => void;
}

/**
 * What every call passes before a handler sees it. Who asks is decided first: until then nothing of the request is read. What comes is
 * counted as it comes, and ended when it is too much or never finished; a call that was broken off is never taken for a whole one.
 */
export function guardOf(guard: GuardOptions): Guarded {
  const unsigned = new Room(Infinity, guard.limits.unsignedCallsPerAddress);
  const running = new Set<Incoming>();
  return {
    interceptor: ({ path }, call) => {
      const incoming: Incoming = new Incoming(guard, unsigned, ruleOf(path), call, () => running.delete(incoming));
      running.add(incoming);
      return new ServerInterceptingCall(call, { start: (next) => next(incoming.listener) });
    },
    end: () => {
      for (const each of running) each.end();
    },
  };
}

export interface Guarded {
  readonly interceptor: ServerInterceptor;
  /** Ends every call that is running: its client is told to try again elsewhere or later. */
  end(): void;
}

class Incoming implements Passed {
  readonly #stream: ServerHttp2Stream;
  readonly #address: string;
  #user: string | null = null;
  /** Since the last whole message. */
  #begun = 0;
  readonly #frames = new Frames();
  readonly #sizes = new WeakMap<object, number>();
  #unsigned = false;
  #anonymous = false;
  /** Bytes that this call has taken room for. */
  #held = 0;
  #came = 0;
  #timer: NodeJS.Timeout | undefined;
  #refused = false;

  constructor(
    readonly guard: GuardOptions,
    readonly unsigned: Room,
    readonly rule: MethodRule,
    readonly call: ServerInterceptingCallInterface,
    readonly left: () => unknown,
  ) {
    this.#stream = streamOf(call);
    this.#address = addressOf(call);
    this.#stream.on("data", (part: Buffer) => this.#count(part)).once("close", () => this.#leave());
  }

  readonly listener: ServerListener = {
    onReceiveMetadata: (metadata, next) => void this.#signIn(metadata, next),
    onReceiveMessage: (message, next) => {
      this.#whole(message as object);
      if (!this.#refused) next(message);
    },
    onReceiveHalfClose: (next) => void this.#halfClose(next),
    onCancel: () => undefined,
  };

  get user(): string {
    return this.#user ?? "nobody";
  }

  /** The store stops. */
  end(): void {
    this.#refuse(failure(status.UNAVAILABLE, "The event store is stopping. Connect again."));
  }

  cut(): void {
    this.#stream.close(constants.NGHTTP2_REFUSED_STREAM);
  }

  done(message: object): void {
    this.#give(this.#sizes.get(message) ?? 0);
    this.#sizes.delete(message);
  }

  async #signIn(metadata: Metadata, next: (metadata: Metadata) => void): Promise<void> {
    const { access, used } = this.guard;
    if (!this.rule.streams) this.#startClock();
    this.#unsigned = this.unsigned.take(this.#address, 1);
    if (!this.#unsigned) return this.#refuse(failure(status.RESOURCE_EXHAUSTED, "Too many calls of this address have not signed in."));
    try {
      const caller = await access.callerOf({ metadata, getPeer: () => this.call.getPeer() });
      used(this.call.getPeer());
      this.#user = userOf(caller);
      this.#anonymous = caller === "anonymous";
      if (this.#anonymous && !this.rule.open) return this.#refuse(accessDenied());
      if (!this.#anonymous) this.#forgetUnsigned();
      letIn(metadata, this);
      if (!this.#stream.closed) next(metadata);
    } catch (error) {
      this.#refuse(failureOf(error));
    }
  }

  #count(part: Buffer): void {
    const size = part.length;
    this.#frames.take(part);
    if (this.#refused || this.#user === null) return;
    this.#came += size;
    this.#begun += size;
    const { requestBytes } = this.guard.limits;
    if (this.#anonymous && this.#came > unsignedBytes) return this.#refuse(accessDenied());
    if (!this.rule.large && this.#begun > requestBytes)
      return this.#refuse(failure(status.RESOURCE_EXHAUSTED, `A request has at most ${requestBytes} bytes.`));
    this.#take(size);
    if (this.rule.streams) this.#startClock();
  }

  #whole(message: object): void {
    if (this.rule.streams) this.#stopClock();
    this.#take(overhead);
    this.#sizes.set(message, this.#begun + overhead);
    this.#begun = 0;
    if (!this.rule.keeps) this.done(message);
  }

  #take(size: number): void {
    if (this.#refused) return;
    if (this.guard.room.take(this.user, size)) this.#held += size;
    else this.#refuse(failure(status.UNAVAILABLE, "Too much of this user's is under way. Try again when some of it is done."));
  }

  async #halfClose(next: () => void): Promise<void> {
    this.#stopClock();
    if (!this.#frames.isWhole) return this.#refuse(failure(status.INTERNAL, "The request ends in the midst of a message."));
    if (this.rule.streams) return next();
    if (!this.rule.changes) return this.#stream.aborted ? undefined : next();
    if (await isClosedBySender(this.#stream)) return next();
    // Whoever took the call back hears nothing; whoever did not answer is told.
    if (!this.#stream.closed) this.#refuse(failure(status.UNAVAILABLE, "The connection does not answer."));
  }

  #refuse({ code, details, metadata }: Failure): void {
    if (this.#refused) return;
    this.#refused = true;
    this.#give(this.#held);
    this.call.sendStatus({ code, details, metadata });
    setTimeout(() => this.#stream.close(constants.NGHTTP2_CANCEL), farewell).unref();
  }

  #startClock(): void {
    const { requestSeconds } = this.guard.limits;
    const ended = () => this.#refuse(failure(status.DEADLINE_EXCEEDED, `The request had not come wholly after ${requestSeconds} s.`));
    this.#timer ??= setTimeout(ended, requestSeconds * 1_000);
  }

  #stopClock(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  #give(size: number): void {
    const given = Math.min(size, this.#held);
    this.#held -= given;
    if (given > 0) this.guard.room.give(this.user, given);
  }

  #forgetUnsigned(): void {
    if (this.#unsigned) this.unsigned.give(this.#address, 1);
    this.#unsigned = false;
  }

  #leave(): void {
    this.left();
    this.#stopClock();
    this.#forgetUnsigned();
    this.#give(this.#held);
  }
}
