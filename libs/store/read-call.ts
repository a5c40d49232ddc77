import {
  AccessDeniedError,
  NotLeaderError,
  StreamDeletedError,
  StreamNotFoundError,
  type EventStoreDBClient,
  type StreamingRead,
} from "@eventstore/db-client";
import { setTimeout as pause } from "node:timers/promises";
import type { Connection, Opened } from "./connection.js";
import { StoreUnavailable, storeFailure } from "./failures.js";

/** A process that stood still itself hears first what has come meanwhile, milliseconds. */
const grace = 100;
/**
 * A call that was answered with an error is ended by the store itself, and is only reset where that takes longer, milliseconds: a store shuts a
 * connection on which many calls are reset (HTTP/2, "enhance your calm"), so that asking for streams that are not there would shut everybody's.
 */
const ending = 5_000;
/** What a store that is well may answer as well. */
const answers = [StreamNotFoundError, StreamDeletedError, AccessDeniedError];
/** How often a read is sent on to whom a node names as its leader. */
const mostLeaders = 3;

export interface ReadCall<E> {
  readonly open: (client: EventStoreDBClient) => StreamingRead<E>;
  /** Milliseconds without a word after which the store counts as away. */
  readonly silence: number;
  readonly stream?: string;
}

/**
 * What a read tells. However it ends, the call is ended.
 * @throws StreamNotFoundError, and what `storeFailure` makes of anything else
 */
export async function* read<E>(connection: Connection, call: ReadCall<E>): AsyncGenerator<E> {
  for (let asked = 1; ; asked++) {
    const { opened } = connection;
    const since = performance.now();
    try {
      yield* once(opened, call);
      return;
    } catch (error) {
      if (error instanceof StreamNotFoundError) throw error;
      const failure = storeFailure(error, call.stream);
      const isElsewhere = error instanceof NotLeaderError;
      if (failure instanceof StoreUnavailable && !isElsewhere) connection.failed(opened, since);
      if (!isElsewhere || asked === mostLeaders) throw failure;
      // Nothing was read yet, and the client has been told who leads: it asks there with its next call.
      await pause(50 * asked);
    }
  }
}

/** One call, to its end. A slow reader is no silence of the store. */
async function* once<E>(opened: Opened, { open, silence }: ReadCall<E>): AsyncGenerator<E> {
  const events = open(opened.client);
  // A call that fails after it was left tells nobody; without a listener it would end the process.
  events.on("error", () => undefined);
  let [isWaiting, heard] = [true, 0];
  let isAnswered = false;
  let last: NodeJS.Timeout | undefined;
  const timer = setTimeout(() => {
    const before = heard;
    last = setTimeout(() => {
      if (isWaiting && heard === before) events.destroy(new StoreUnavailable("no word from the event store in time"));
      else timer.refresh();
    }, grace);
  }, silence);
  try {
    for await (const event of events) {
      opened.heard();
      heard++;
      isWaiting = false;
      yield event as E;
      isWaiting = true;
      timer.refresh();
    }
    if (opened.isClosed) throw new StoreUnavailable("the connection was closed while it was read");
    opened.heard();
  } catch (error) {
    isAnswered = answers.some((each) => error instanceof each);
    if (isAnswered) opened.heard();
    throw error;
  } finally {
    clearTimeout(timer);
    clearTimeout(last);
    // Where there never was a call, ending it fails as well; it may also take as long as a call that nobody answers.
    const end = () => void events.cancel().catch(() => undefined);
    if (isAnswered) setTimeout(end, ending).unref();
    else end();
  }
}
