import "reflect-metadata";
import { onShutdown, tellReady } from "#platform/process/shutdown.js";
import { startTelemetry } from "#platform/logging/telemetry.js";
import { unprotected } from "#store/protect.js";
import { startApi } from "./api.js";
import { configuration } from "./configuration.js";

try {
  const settings = configuration(process.env);
  const telemetry = await startTelemetry("api", settings.OTEL_EXPORTER_OTLP_ENDPOINT);
  const app = await startApi(settings);
  onShutdown(async () => {
    await app.close();
    await telemetry.stop();
  });
  void unprotected(settings.EVENTSTORE_URL).then((sentence) => sentence && process.stderr.write(`${sentence}\n`));
  tellReady(`http://${settings.HOST}:${settings.PORT}`);
} catch (error) {
  process.stderr.write(`${(error as Error).message}\n`);
  process.exit(1);
}
