import { context } from "@opentelemetry/api";
import type { FastifyInstance, FastifyRequest } from "fastify";
import { startRequest } from "#platform/logging/tracing.js";

/** Traces each request by its method, route and status, and goes on with the trace of whoever asks. */
export function traceRequests(server: FastifyInstance): void {
  const requests = new WeakMap<FastifyRequest, ReturnType<typeof startRequest>>();
  server.addHook("onRequest", async (request) => void requests.set(request, startRequest(request.headers)));
  // Not earlier: reading the body would lose what is being traced.
  server.addHook("preHandler", (request, _reply, done) => {
    const traced = requests.get(request);
    if (traced) context.with(traced.within, done);
    else done();
  });
  server.addHook("onResponse", async (request, { statusCode }) => {
    const route = { "http.request.method": request.method, "http.route": request.routeOptions.url ?? "" };
    requests
      .get(request)
      ?.span.setAttributes({ ...route, "http.response.status_code": statusCode })
      .end();
  });
}
