import { fork } from "node:child_process";
import { once } from "node:events";

/**
 * The server under test, for the whole run: the one at EVENTSTORE_URL, or an embedded event store with a Postgres of its own; with
 * CONFORMANCE_PROFILE=tls over TLS, signed in as admin. Needs the build.
 */
export default async function start() {
  process.env.CONFORMANCE_URL = process.env.EVENTSTORE_URL;
  if (process.env.EVENTSTORE_URL) return;
  const { temporaryFolder } = await import("../../dist/test/support/temporary-folder.js");
  const { DATABASE_URL: _, ...env } = process.env;
  const given = ["--port", "0", "--data", temporaryFolder()];
  const secure = process.env.CONFORMANCE_PROFILE === "tls";
  if (secure) {
    const { certificate } = await import("../../dist/test/event-store/secure.js");
    const { certificateFile, keyFile } = await certificate();
    given.push("--host", "localhost", "--tls-certificate", certificateFile, "--tls-key", keyFile);
    process.env.CONFORMANCE_CERTIFICATE = certificateFile;
  }
  const child = fork("dist/apps/event-store/main.js", given, { env, execArgv: [], silent: true });
  globalThis.conformanceServer = child;
  const [{ ready }] = await once(child, "message");
  const certificateFile = encodeURIComponent(process.env.CONFORMANCE_CERTIFICATE ?? "");
  process.env.CONFORMANCE_URL = secure
    ? `esdb://admin:changeit@localhost:${new URL(ready).port}?tls=true&tlsCAFile=${certificateFile}`
    : ready;
}
