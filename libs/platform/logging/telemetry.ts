/** Sends traces to a collector, by OTLP over HTTP, until it is stopped. Without an endpoint nothing is loaded and nothing traced. */
export async function startTelemetry(program: string, endpoint: string | undefined): Promise<{ stop(): Promise<void> }> {
  if (endpoint === undefined) return { stop: () => Promise.resolve() };
  const [{ OTLPTraceExporter }, { resourceFromAttributes }, { BatchSpanProcessor, NodeTracerProvider }] = await Promise.all([
    import("@opentelemetry/exporter-trace-otlp-http"),
    import("@opentelemetry/resources"),
    import("@opentelemetry/sdk-trace-node"),
  ]);
  const exporter = new OTLPTraceExporter({ url: `${endpoint.replace(/\/$/, "")}/v1/traces` });
  const provider = new NodeTracerProvider({
    resource: resourceFromAttributes({ "service.name": `hifadhi-${program}` }),
    spanProcessors: [new BatchSpanProcessor(exporter)],
  });
  provider.register();
  // What could not be sent is lost: a trace must never keep a program from ending.
  return { stop: () => provider.shutdown().catch(() => undefined) };
}
