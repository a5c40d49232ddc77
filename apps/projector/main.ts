import "reflect-metadata";
import { failStart, run } from "#platform/process/shutdown.js";
import { startTelemetry } from "#platform/logging/telemetry.js";
import { unprotected } from "#store/protect.js";
import { configuration } from "./configuration.js";
import { startProjector } from "./projector.js";

await run(async () => {
  const settings = configuration(process.env);
  const telemetry = await startTelemetry("projector", settings.OTEL_EXPORTER_OTLP_ENDPOINT);
  const projector = await startProjector(settings, failStart);
  void unprotected(settings.EVENTSTORE_URL).then((sentence) => sentence && process.stderr.write(`${sentence}\n`), failStart);
  const stop = async () => {
    await projector.stop();
    await telemetry.stop();
  };
  return { ready: "projector", stop };
});
