import "reflect-metadata";
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
  const stop = () =>
    void projector
      .stop()
      .then(() => telemetry.stop())
      .then(() => process.exit(0));
  for (const signal of ["SIGTERM", "SIGINT", "disconnect"]) process.once(signal, stop);
  process.send?.({ ready: "projector" });
} catch (error) {
  fail(error as Error);
}
