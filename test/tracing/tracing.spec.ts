import { EventLog } from "#store/event-log.js";
import { firstBrokenLink } from "#store/chain.js";
import type { StoredFact } from "#store/stored.js";
import { eventually, woman } from "../journeys/journey.js";
import { Collector, type Told } from "../support/collector.js";
import { System } from "../support/system.js";

const system = new System();
const collector = new Collector();
let log: EventLog;
beforeAll(async () => {
  const endpoint = await collector.start();
  await system.start({ OTEL_EXPORTER_OTLP_ENDPOINT: endpoint, OTEL_BSP_SCHEDULE_DELAY: "50" });
  log = new EventLog(system.environment["EVENTSTORE_URL"]!);
}, 120_000);
afterAll(async () => {
  await log.close();
  await system.stop();
  collector.stop();
}, 60_000);

const told = (name: string, traceId: string): Told | undefined =>
  collector.spans.find((span) => span.name === name && (span.traceId === traceId || span.links?.some((link) => link.traceId === traceId)));

test("a change is traced from whoever asked for it to the batch that shows it, and nobody can be recognised in the trace", async () => {
  const traceId = "5f0c9a3e7b2d48619e0f1a2b3c4d5e6f";
  const asked = await system.post("amina", "/v1/cases/open-case", woman, { traceparent: `00-${traceId}-00f067aa0ba902b7-01` });
  expect(asked.status).toBe(201);
  // Each program tells the collector at times of its own.
  const found = await eventually(
    async () => ["batch", "request", "change", "append"].map((name) => told(name, traceId)),
    (spans) => spans.every(Boolean),
  );
  const [batch, request, change, append] = found as [Told, Told, Told, Told];
  expect([request.parentSpanId, change.parentSpanId, append.parentSpanId]).toEqual(["00f067aa0ba902b7", request.spanId, change.spanId]);
  expect([request.program, batch.program]).toEqual(["hifadhi-api", "hifadhi-projector"]);
  expect(batch.links).toContainEqual(expect.objectContaining({ traceId, spanId: change.spanId }));
  const facts: StoredFact[] = [];
  for await (const fact of log.readStream(`case-${asked.body.id}`)) facts.push(fact);
  expect(facts.map(({ metadata }) => metadata.traceparent)).toEqual([`00-${traceId}-${change.spanId}-01`]);
  expect(firstBrokenLink(facts)).toBeNull();
  const all = JSON.stringify(collector.spans);
  for (const secret of [asked.body.id, facts[0]!.id, facts[0]!.metadata.by.id, "Kigoma", "case-"]) expect(all).not.toContain(secret);
});

test("a change that is refused is traced by the code of the refusal", async () => {
  const traceId = "6f0c9a3e7b2d48619e0f1a2b3c4d5e6f";
  const { body } = await system.post("amina", "/v1/cases/open-case", woman);
  const traceparent = `00-${traceId}-00f067aa0ba902b7-01`;
  const refused = await system.post("amina", `/v1/cases/${body.id}/start-screening`, { formVersion: 1 }, { traceparent });
  expect(refused.body.code).toBe("InterviewNotPermitted");
  const change = await eventually(async () => told("change", traceId), Boolean);
  expect(change!.status.code).toBe(2);
  expect(change!.attributes).toContainEqual({ key: "error.type", value: { stringValue: "InterviewNotPermitted" } });
});

test("what is not traced says nothing of a trace", async () => {
  const { body } = await system.post("amina", "/v1/cases/open-case", woman, {
    traceparent: "00-7f0c9a3e7b2d48619e0f1a2b3c4d5e6f-00f067aa0ba902b7-00",
  });
  for await (const { metadata } of log.readStream(`case-${body.id}`)) expect(metadata).not.toHaveProperty("traceparent");
});
