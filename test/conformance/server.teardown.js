import { once } from "node:events";

export default async function stop() {
  const child = globalThis.conformanceServer;
  if (!child) return;
  child.kill("SIGTERM");
  await once(child, "exit");
}
