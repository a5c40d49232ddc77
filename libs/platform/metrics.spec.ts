import Fastify from "fastify";
import { type AnsweredRequest, createMetrics, requestMetrics } from "./metrics.js";
import { onAnswered } from "./requests.js";

describe("metrics", () => {
  test("time requests by the route's pattern, never by the id in the address", async () => {
    const registry = createMetrics("api");
    const server = Fastify();
    const answered: AnsweredRequest[] = [];
    const observe = requestMetrics(registry);
    onAnswered(server, (request) => {
      answered.push(request);
      observe(request);
    });
    server.get("/v1/cases/:id", () => ({}));
    await server.inject("/v1/cases/6f1d?purpose=assist");
    await server.inject("/nowhere/6f1d");
    expect(answered).toEqual([
      { id: "req-1", method: "GET", route: "/v1/cases/:id", status: 200, duration: expect.any(Number) },
      { id: "req-2", method: "GET", route: "unknown", status: 404, duration: expect.any(Number) },
    ]);
    const text = await registry.metrics();
    expect(text).toContain('http_request_duration_seconds_count{service="api",method="GET",route="/v1/cases/:id",status="200"} 1');
    expect(text).toContain("process_resident_memory_bytes");
    expect(text).not.toContain("6f1d");
  });
});
