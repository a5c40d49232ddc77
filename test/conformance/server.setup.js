import { fork } from "node:child_process";
import { once } from "node:events";

/** The server under test, for the whole run: the one at EVENTSTORE_URL, or an embedded event store with a Postgres of its own. Needs the build. */
export default async function start() {
  process.env.CONFORMANCE_URL = process.env.EVENTSTORE_URL;
  if (process.env.EVENTSTORE_URL) return;
  const { temporaryFolder } = await import("../../dist/test/support/temporary-folder.js");
  const { DATABASE_URL: _, ...env } = process.env;
  const child = fork("dist/apps/event-store/main.js", ["--port", "0", "--data", temporaryFolder()], { env, execArgv: [], silent: true });
  globalThis.conformanceServer = child;
  const [{ ready }] = await once(child, "message");
  process.env.CONFORMANCE_URL = ready;
}
