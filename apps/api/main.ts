import "reflect-metadata";
import { failStart, run } from "#platform/process/shutdown.js";
import { startTelemetry } from "#platform/logging/telemetry.js";
import { unprotected } from "#store/protect.js";
import { startApi } from "./api.js";
import { configuration } from "./configuration.js";

await run(async () => {
  const settings = configuration(process.env);
  const telemetry = await startTelemetry("api", settings.OTEL_EXPORTER_OTLP_ENDPOINT);
  const app = await startApi(settings);
  void unprotected(settings.EVENTSTORE_URL).then((sentence) => sentence && process.stderr.write(`${sentence}\n`), failStart);
  const stop = async () => {
    await app.close();
    await telemetry.stop();
  };
  return { ready: `http://${settings.HOST}:${settings.PORT}`, stop };
});
