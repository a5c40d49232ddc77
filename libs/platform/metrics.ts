import { collectDefaultMetrics, Histogram, Registry } from "prom-client";

/** A registry with the process's own figures (memory, event loop, garbage collection); every figure names the service. */
export function createMetrics(service: string): Registry {
  const registry = new Registry();
  registry.setDefaultLabels({ service });
  collectDefaultMetrics({ register: registry });
  return registry;
}

/** One answered request. `route` is the pattern (`/v1/cases/:id`), never the address, which holds ids; `duration` in seconds. */
export interface AnsweredRequest {
  readonly id: string;
  readonly method: string;
  readonly route: string;
  readonly status: number;
  readonly duration: number;
}

/** Counts and times requests by method, route pattern and status. */
export function requestMetrics(registry: Registry): (request: AnsweredRequest) => void {
  const histogram = new Histogram({
    name: "http_request_duration_seconds",
    help: "Time to answer a request, by route pattern",
    labelNames: ["method", "route", "status"],
    buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10],
    registers: [registry],
  });
  return ({ method, route, status, duration }) => histogram.observe({ method, route, status }, duration);
}
