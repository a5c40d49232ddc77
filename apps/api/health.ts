import type { FastifyInstance } from "fastify";
import { collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client";
import type { Pool } from "pg";
import type { LiveStreams } from "#api/live/live-streams.js";
import type { EventLog } from "#store/event-log.js";

interface Probed {
  readonly log: EventLog;
  readonly reading: Pool;
  readonly live: LiveStreams;
}

/** `/health/live`, `/health/ready` and `/metrics`: names, counts and durations only. */
export function serveHealth(server: FastifyInstance, { log, reading, live }: Probed): void {
  const probes: Record<string, () => Promise<unknown>> = { eventStore: () => log.head(), database: () => reading.query("select 1") };
  server.get("/health/live", async () => ({ status: "live" }));
  server.get("/health/ready", async (_request, reply) => {
    const results = await Promise.all(
      Object.entries(probes).map(
        async ([name, probe]) =>
          [
            name,
            await within(probe(), 2_000).then(
              () => "ok",
              () => "away",
            ),
          ] as const,
      ),
    );
    const ready = results.every(([, state]) => state === "ok");
    return reply.status(ready ? 200 : 503).send({ status: ready ? "ready" : "not ready", ...Object.fromEntries(results) });
  });
  serveMetrics(server, live);
}

function serveMetrics(server: FastifyInstance, live: LiveStreams): void {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const durations = new Histogram({
    name: "http_request_duration_seconds",
    help: "Time to answer, by route pattern",
    labelNames: ["method", "route", "status"],
    registers: [registry],
  });
  const streams: Gauge = new Gauge({
    ...{ name: "live_streams", help: "Live updates that are open", registers: [registry] },
    collect: () => streams.set(live.count),
  });
  server.addHook("onResponse", async (request, reply) => {
    // How long somebody follows is no time to answer.
    if (reply.getHeader("content-type") === "text/event-stream") return;
    const route = request.routeOptions.url ?? "unknown";
    durations.observe({ method: request.method, route, status: reply.statusCode }, reply.elapsedTime / 1_000);
  });
  server.get("/metrics", async (_request, reply) => reply.header("content-type", registry.contentType).send(await registry.metrics()));
}

const within = async <T>(promise: Promise<T>, milliseconds: number): Promise<T> => {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => (timer = setTimeout(() => reject(new Error("late")), milliseconds)));
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
};
