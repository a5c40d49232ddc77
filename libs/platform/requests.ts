import type { FastifyInstance } from "fastify";
import type { AnsweredRequest } from "./metrics.js";

/** Tells of every answered request: for the log and the metrics. Start Fastify with `disableRequestLogging`, or each is logged twice. */
export function onAnswered(server: FastifyInstance, tell: (request: AnsweredRequest) => void): void {
  server.addHook("onResponse", (request, reply, done) => {
    tell({
      id: request.id,
      method: request.method,
      route: request.routeOptions.url ?? "unknown",
      status: reply.statusCode,
      duration: reply.elapsedTime / 1000,
    });
    done();
  });
}
