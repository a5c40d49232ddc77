import "reflect-metadata";
import { startTelemetry } from "#platform/telemetry.js";
import { startApi } from "./api.js";
import { configuration } from "./configuration.js";

try {
  const settings = configuration(process.env);
  const telemetry = await startTelemetry("api", settings.OTEL_EXPORTER_OTLP_ENDPOINT);
  const app = await startApi(settings);
  const stop = () =>
    void app
      .close()
      .then(() => telemetry.stop())
      .then(() => process.exit(0));
  for (const signal of ["SIGTERM", "SIGINT", "disconnect"]) process.once(signal, stop);
  process.send?.({ ready: `http://${settings.HOST}:${settings.PORT}` });
} catch (error) {
  process.stderr.write(`${(error as Error).message}\n`);
  process.exit(1);
}
