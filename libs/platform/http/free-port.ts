import { randomInt } from "node:crypto";
import { once } from "node:events";
import { createServer } from "node:net";

/**
 * A port of loopback that nobody uses at this moment. It lies below those that systems give to outgoing connections (32768 on Linux),
 * so that none takes it before its owner listens.
 */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = randomInt(15_000, 32_768);
    const probe = createServer();
    const listening = once(probe.listen(port, "127.0.0.1"), "listening");
    if (!(await listening.catch(() => null))) continue;
    probe.close();
    await once(probe, "close");
    return port;
  }
}
