import "reflect-metadata";
import { onShutdown, tellReady } from "#platform/process/shutdown.js";
import { startTelemetry } from "#platform/logging/telemetry.js";
import { unprotected } from "#store/protect.js";
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
  void unprotected(settings.EVENTSTORE_URL).then((sentence) => sentence && process.stderr.write(`${sentence}\n`));
  tellReady("projector");
} catch (error) {
  fail(error as Error);
}
