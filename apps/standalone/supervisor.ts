import { CannotStart } from "#platform/configuration/cannot-start.js";

/**
 * One life of a part: it says when it is ready, ends itself when `stopping` is aborted, and is fulfilled with why it has ended. A life
 * that cannot begin rejects.
 */
export type Life = (isReady: (said: string) => void, stopping: AbortSignal) => Promise<string>;

export interface Supervised {
  /** Fulfilled with what the part said when it was ready for the first time; rejects with {@link CannotStart} where it never is. */
  readonly ready: Promise<string>;
  /** Fulfilled when the part has ended. It is not started again afterwards. */
  readonly stop: () => Promise<void>;
}

/** How long to wait until a part that has ended so often in a row is started again, milliseconds. */
export const pauseAfter = (ends: number): number => Math.min(200 * 2 ** (ends - 1), 30_000);

/** A part that was ready so long, milliseconds, has nothing to do with the trouble before. */
const soundLife = 60_000;
/** At the first start a part that ends so often without having been ready needs a person. */
const tries = 3;

/**
 * Starts a part, and again whenever it ends, with growing pauses, for as long as nobody stops it: what ails it may pass, and the other
 * parts go on. Only a part that was never ready is given up: that is a fault of the configuration, which no waiting mends.
 * `say` hears a line for people at every end and every return.
 */
export function supervise(name: string, live: Life, say: (line: string) => void): Supervised {
  const ready = Promise.withResolvers<string>();
  ready.promise.catch(() => undefined);
  const stopping = new AbortController();
  let everReady = false;
  let readySince = Infinity;

  const isReady = (said: string): void => {
    if (everReady) say(`  ${name.padEnd(12)} is back`);
    everReady = true;
    readySince = performance.now();
    ready.resolve(said);
  };
  const keep = async (): Promise<void> => {
    for (let ends = 1; ; ends++) {
      readySince = Infinity;
      const end = await live(isReady, stopping.signal).catch((error: Error) => error);
      if (stopping.signal.aborted) return;
      if (!everReady && (end instanceof CannotStart || ends === tries))
        return ready.reject(end instanceof CannotStart ? end : neverReady(end));
      if (performance.now() - readySince > soundLife) ends = 1;
      const pause = pauseAfter(ends);
      if (everReady) say(`  ${name.padEnd(12)} has ended: ${wordsOf(end)} - it is started again in ${pause / 1_000} s`);
      await waitUnless(stopping.signal, pause);
      if (stopping.signal.aborted) return;
    }
  };
  const neverReady = (end: string | Error) => new CannotStart("PartEnded", `${name} cannot start: ${wordsOf(end)}`);
  const kept = keep();
  return {
    ready: ready.promise,
    stop() {
      stopping.abort();
      return kept;
    },
  };
}

const wordsOf = (end: string | Error): string => (typeof end === "string" ? end : end.message);

const waitUnless = (signal: AbortSignal, milliseconds: number): Promise<void> =>
  new Promise((resolve) => {
    const timer = setTimeout(resolve, milliseconds);
    signal.addEventListener("abort", () => {
      clearTimeout(timer);
      resolve();
    });
  });
