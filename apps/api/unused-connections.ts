import type { Socket } from "node:net";
import type { FastifyInstance } from "fastify";

const every = 100;

/**
 * Browsers and other clients open connections ahead of what they may ask. Node waits for the first request of each, and would keep the
 * api from ending for a minute.
 */
export function closeUnusedConnections(server: FastifyInstance): void {
  const open = new Set<Socket>();
  server.server.on("connection", (socket: Socket) => {
    open.add(socket);
    socket.once("close", () => open.delete(socket));
  });
  server.addHook("preClose", async () => {
    const close = () => {
      for (const socket of open) if (socket.bytesRead === 0) socket.destroy();
    };
    setInterval(close, every).unref();
  });
}
