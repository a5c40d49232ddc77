import "reflect-metadata";
import { onShutdown, tellReady } from "#platform/shutdown.js";
import { startTelemetry } from "#platform/telemetry.js";
import { configuration } from "./configuration.js";
import { startProjector } from "./projector.js";

const fail = (error: Error) => {
  process.stderr.write(`${error.message}\n`);
  process.exit(1);
};

try {
  const settings = configuration(process.env);
  const telemetry = await startTelemetry("projector", settings.OTEL_EXPORTER_OTLP_ENDPOINT);
  const projector = await startProjector(settings, fail);
  onShutdown(async () => {
    await projector.stop();
    await telemetry.stop();
  });
  tellReady("projector");
} catch (error) {
  fail(error as Error);
}
