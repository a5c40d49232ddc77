import { performance, type EventLoopUtilization } from "node:perf_hooks";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

/** How often it is looked whether the process is at rest, milliseconds. */
const lookEvery = 20_000;
/** A process whose event loop is used less than this is at rest. */
const restful = 0.02;
/** What must have come since the last time for another collection to be worth it, bytes. */
const worthwhile = 8 * 1_048_576;

/**
 * Gives memory back to the machine while the process has nothing to do. Node tidies up when it needs room, and a service that has started,
 * or has done what was asked, needs none: a small shelter's laptop would lend it hundreds of megabytes for nothing. Answers what ends it.
 */
export function giveBackMemoryAtRest(every = lookEvery): () => void {
  let kept = 0;
  let seen: EventLoopUtilization = performance.eventLoopUtilization();
  const timer = setInterval(() => {
    const now = performance.eventLoopUtilization();
    const { utilization } = performance.eventLoopUtilization(now, seen);
    seen = now;
    if (utilization > restful || process.memoryUsage().heapUsed - kept < worthwhile) return;
    collect();
    kept = process.memoryUsage().heapUsed;
    // The collection itself is no use.
    seen = performance.eventLoopUtilization();
  }, every).unref();
  return () => clearInterval(timer);
}

/** Node offers its garbage collection only to programs that were started with a flag, or set it and make a context anew. */
let collector: ((options: object) => void) | undefined;
function collect(): void {
  if (!collector) {
    setFlagsFromString("--expose-gc");
    collector = runInNewContext("gc") as (options: object) => void;
    setFlagsFromString("--no-expose-gc");
  }
  collector({ type: "major", execution: "sync", flavor: "last-resort" });
}
