import { once } from "node:events";
import { createServer } from "node:net";
import { CannotStart } from "#platform/configuration/cannot-start.js";

/** Throws {@link CannotStart} with what to do, unless the port of loopback is free. */
export async function requireFreePort(port: number): Promise<void> {
  const probe = createServer().listen(port, "127.0.0.1");
  try {
    await once(probe, "listening");
  } catch (error) {
    const why = (error as { code?: string }).code === "EACCES" ? "may not be used by this account" : "is already in use";
    throw new CannotStart("PortTaken", `Port ${port} ${why}. Choose another one: PORT=${port < 1024 ? 3000 : port + 1} npm start`);
  }
  probe.close();
  await once(probe, "close");
}
