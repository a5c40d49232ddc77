import type { FastifyInstance, FastifyRequest } from "fastify";
import { answerProblem } from "#api/operations/problems.js";
import { notAllowedOrUnknown } from "#platform/http/problem.js";
import { Counter, Gauge, Histogram } from "prom-client";
import { processRegistry } from "#platform/logging/registry.js";
import type { Pool } from "pg";
import type { Alarms } from "#api/history/alarms.js";
import type { Damage } from "#api/history/damage.js";
import type { LiveStreams } from "#api/live/live-streams.js";
import type { EventLog } from "#store/event-log.js";
import { StoreRefused } from "#store/failures.js";

/** Who watches does not sign in. */
const open = { config: { open: true } };

interface Probed {
  readonly log: EventLog;
  readonly reading: Pool;
  /** Asks the issuer of access tokens whether it is there. */
  readonly reach: () => Promise<void>;
  readonly live: LiveStreams;
  readonly damage: Damage;
  readonly alarms: Alarms;
  /** May whoever asks read the figures? */
  readonly mayWatch: (request: FastifyRequest) => boolean;
}

/** `/health/live`, `/health/ready` and `/metrics`: names, counts and durations only. */
export function serveHealth(server: FastifyInstance, { log, reading, reach, ...watched }: Probed): void {
  server.get("/health/live", open, async () => ({ status: "live" }));
  server.get("/health/ready", open, async (_request, reply) => {
    const { ready, parts } = await healthOf({ log, reading, reach });
    return reply.status(ready ? 200 : 503).send({ status: ready ? "ready" : "not ready", ...parts });
  });
  serveMetrics(server, watched);
}

/**
 * Whether changes can be recorded and asked about, and what keeps them from it. Whoever has signed in can go on without the issuer.
 * `refused`: the event store is there and turns the api's account away.
 */
export async function healthOf({ log, reading, reach }: Pick<Probed, "log" | "reading" | "reach">) {
  const probes: Record<string, () => Promise<unknown>> = {
    eventStore: () => log.assertWritable(),
    database: () => reading.query("select 1"),
  };
  const stateOf = (probe: () => Promise<unknown>) =>
    within(probe(), 2_000).then(
      () => "ok" as const,
      (error: unknown) => (error instanceof StoreRefused ? ("refused" as const) : ("away" as const)),
    );
  const issuer = stateOf(reach);
  const needed = await Promise.all(Object.entries(probes).map(async ([name, probe]) => [name, await stateOf(probe)] as const));
  return { ready: needed.every(([, state]) => state === "ok"), parts: { ...Object.fromEntries(needed), issuer: await issuer } };
}

function serveMetrics(server: FastifyInstance, { live, damage, alarms, mayWatch }: Omit<Probed, "log" | "reading" | "reach">): void {
  const registry = processRegistry();
  registry.registerMetric(alarms.counter);
  const durations = new Histogram({
    name: "http_request_duration_seconds",
    help: "Time to answer, by route pattern",
    labelNames: ["method", "route", "status"],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 5, 10],
    registers: [registry],
  });
  const streams: Gauge = new Gauge({
    name: "live_streams",
    help: "Live updates that are open",
    registers: [registry],
    collect: () => streams.set(live.count),
  });
  const damaged: Counter = new Counter({
    name: "damaged_records_total",
    help: "Requests for a record that was damaged in the event store",
    labelNames: ["code", "record"],
    registers: [registry],
    collect: () => {
      damaged.reset();
      for (const { code, record, count } of damage.counts) damaged.inc({ code, record }, count);
    },
  });
  server.addHook("onResponse", async (request, reply) => {
    // How long somebody follows is no time to answer.
    if (reply.getHeader("content-type") === "text/event-stream") return;
    const route = request.routeOptions.url ?? "unknown";
    durations.observe({ method: request.method, route, status: reply.statusCode }, reply.elapsedTime / 1_000);
  });
  server.get("/metrics", open, async (request, reply) => {
    if (!mayWatch(request)) return answerProblem(reply, notAllowedOrUnknown());
    return reply.header("content-type", registry.contentType).send(await registry.metrics());
  });
}

const within = async <T>(promise: Promise<T>, milliseconds: number): Promise<T> => {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => (timer = setTimeout(() => reject(new Error("late")), milliseconds)));
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
};
