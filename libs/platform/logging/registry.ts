import { collectDefaultMetrics, Registry } from "prom-client";

/**
 * A registry that holds the figures of the process itself. How late its event loop is, is sampled ten times a second, and not a hundred times
 * as by default: at rest that would be most of what a process does. The figures of that lag are those of the samples, so they begin at 0.1 s.
 */
export function processRegistry(): Registry {
  const register = new Registry();
  collectDefaultMetrics({ register, eventLoopMonitoringPrecision: 100 });
  return register;
}
