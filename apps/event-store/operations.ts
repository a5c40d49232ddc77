import { createServer, type Server } from "node:http";
import { Counter, Gauge, Histogram, type Registry } from "prom-client";
import { processRegistry } from "#platform/logging/registry.js";
import type { RunningEventStore } from "./event-store.js";

/** `/health/live`, `/health/ready` and `/metrics`, for this machine. Counts and durations only: no name of a stream, no content. */
export function serveOperations(store: RunningEventStore, port: number): Promise<Server> {
  const registry = metricsOf(store);
  const server = createServer((request, response) => {
    const answer = async () => {
      if (request.url === "/metrics") return response.setHeader("content-type", registry.contentType).end(await registry.metrics());
      if (request.url === "/health/live") return response.end(JSON.stringify({ status: "live" }));
      if (request.url !== "/health/ready") return response.writeHead(404).end();
      const ready = await store.isReady();
      return response.writeHead(ready ? 200 : 503).end(JSON.stringify({ status: ready ? "ready" : "storage away" }));
    };
    answer().catch(() => response.writeHead(500).end());
  });
  return new Promise((resolve, reject) => {
    server.once("error", () => reject(new Error(`The port ${port} for metrics is taken. Choose another one with --metrics-port.`)));
    server.listen(port, "127.0.0.1", () => resolve(server));
  });
}

function metricsOf(store: RunningEventStore): Registry {
  const registry = processRegistry();
  const registers = [registry];
  const commits = new Histogram({
    name: "event_store_commit_seconds",
    help: "Time to store one batch of appends",
    registers,
    buckets: [0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.5, 1, 5],
  });
  const events = new Counter({ name: "event_store_events_total", help: "Events stored", registers });
  store.onCommit((count, seconds) => {
    commits.observe(seconds);
    events.inc(count);
  });
  const gauge = (name: string, help: string, value: () => number) =>
    new Gauge({
      name,
      help,
      registers,
      collect(this: Gauge) {
        this.set(value());
      },
    });
  gauge("event_store_position", "Position of the newest event", () => Number(store.position()));
  gauge("event_store_waiting_appends", "Appends that wait for the writer", () => store.waiting());
  gauge("event_store_followers", "Subscriptions and groups that follow the log", () => store.followers());
  gauge("event_store_connections", "Connections of clients", () => store.connections());
  gauge("event_store_pending_bytes", "Bytes of requests that are not done with", () => store.pendingBytes());
  return registry;
}
