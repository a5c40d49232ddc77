import { createServer, type Server } from "node:http";
import type { Logger } from "pino";
import { Counter, Gauge, Histogram, type Registry } from "prom-client";
import { processRegistry } from "#platform/logging/registry.js";
import type { Observer } from "#projection/run/runner.js";
import type { Watch } from "./watch.js";

/** What is counted and logged of following: names, counts and positions only. */
export function metrics(logger: Logger): { observer: Observer; registry: Registry } {
  const registry = processRegistry();
  const labelNames = ["view", "partition"];
  const registers = [registry];
  const facts = new Counter({ name: "projection_facts_total", help: "Facts applied", labelNames, registers });
  const position = new Gauge({ name: "projection_position", help: "Committed position", labelNames, registers });
  const interruptions = new Counter({
    name: "projection_interruptions_total",
    help: "Times following began again",
    labelNames: ["view"],
    registers,
  });
  const batches = new Histogram({
    name: "projection_batch_seconds",
    help: "Time to fold and commit a batch",
    labelNames: ["partition"],
    registers,
  });
  const observer: Observer = {
    applied(view, partition, count, { commit }) {
      facts.inc({ view, partition }, count);
      position.set({ view, partition }, Number(commit));
    },
    committed: (partition, _facts, seconds) => batches.observe({ partition }, seconds),
    interrupted(view, error) {
      interruptions.inc({ view });
      logger.warn({ view, error }, "Following began again");
    },
    leftOut: ({ view, stream, revision, position, type, error, skipped }) =>
      logger.error(
        { view, stream, revision, position: position.commit, type, code: error },
        skipped ? "An event was passed over, as operators let it" : "A stream is parked: see projections dead-letters list",
      ),
  };
  return { observer, registry };
}

/** Health and metrics, for this machine; port 0 takes any free one. */
export async function serve(registry: Registry, watch: Watch, port: number): Promise<Server> {
  const server = createServer((request, response) => {
    const ready = watch.isProgressing && watch.isStoreThere;
    const missing = watch.isStoreThere ? "views do not progress" : "the event store does not answer";
    if (request.url === "/health/live") response.end(JSON.stringify({ status: "live" }));
    else if (request.url === "/health/ready")
      response.writeHead(ready ? 200 : 503).end(JSON.stringify({ status: ready ? watch.status : missing }));
    else if (request.url === "/metrics")
      void registry.metrics().then((text) => response.setHeader("content-type", registry.contentType).end(text));
    else response.writeHead(404).end();
  });
  return new Promise((resolve, reject) => {
    server.once("error", () =>
      reject(new Error(`The port ${port} for the projector's metrics is taken. Choose another one with PROJECTOR_PORT.`)),
    );
    server.listen(port, "127.0.0.1", () => resolve(server));
  });
}
