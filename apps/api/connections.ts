import type { IncomingMessage } from "node:http";
import type { Socket } from "node:net";
import type { FastifyInstance } from "fastify";
import { malformed, tooLarge, tooSlow } from "#platform/http/problem.js";
import { networkOf } from "#platform/http/network.js";
import { Slots } from "#platform/http/slots.js";

const every = 100;
/** Requests that a client sends ahead on one connection, before the first is answered. */
const mostAhead = 32;

interface ConnectionLimits {
  readonly total: number;
  readonly perAddress: number;
  /** Connections of our own proxies are of many people. */
  readonly isProxy: (address: string) => boolean;
}

/** Bounds connections, and what is asked ahead on each. One too many is closed without a word: to tell it would cost what it is to save. */
export function limitConnections(server: FastifyInstance, { total, perAddress, isProxy }: ConnectionLimits): void {
  const slots = new Slots({ each: perAddress, total });
  server.server.maxConnections = total;
  server.server.on("connection", (socket: Socket) => {
    const address = socket.remoteAddress ?? "";
    if (isProxy(address)) return;
    try {
      socket.once("close", slots.take(networkOf(address)));
    } catch {
      socket.destroy();
    }
  });
  const ahead = new WeakMap<Socket, number>();
  server.addHook("onRequest", async ({ raw: { socket } }, reply) => {
    const asked = (ahead.get(socket) ?? 0) + 1;
    ahead.set(socket, asked);
    reply.raw.once("close", () => ahead.set(socket, ahead.get(socket)! - 1));
    if (asked <= mostAhead) return;
    reply.hijack();
    socket.destroy();
  });
}

/** What cannot be read as HTTP, or is not sent in time, is answered as any other bad request, and the connection closed. */
export function answerClientError(error: Error & { code?: string }, socket: Socket): void {
  if (!socket.writable || error.code === "ECONNRESET" || socket.destroyed) return void socket.destroy();
  const known: Readonly<Record<string, () => { problem: object & { status: number } }>> = {
    ERR_HTTP_REQUEST_TIMEOUT: tooSlow,
    HPE_HEADER_OVERFLOW: tooLarge,
  };
  const { problem } = (known[error.code ?? ""] ?? (() => malformed("request", "HTTP/1.1")))();
  const body = JSON.stringify(problem);
  const head = `HTTP/1.1 ${problem.status} Refused\r\ncontent-type: application/problem+json\r\ncontent-length: ${Buffer.byteLength(body)}`;
  socket.end(`${head}\r\nconnection: close\r\n\r\n${body}`);
  socket.destroySoon();
}

/** The body of a request comes within this time, milliseconds; a document, which may be large and the line slow, has its own (`requestTimeout`). */
export function endSlowBodies(server: FastifyInstance, within: number): void {
  server.addHook("onRequest", async ({ raw, routeOptions }) => {
    const hasBody = raw.headers["transfer-encoding"] !== undefined || Number(raw.headers["content-length"] ?? 0) > 0;
    if (!hasBody || routeOptions.config.operation?.kind === "upload") return;
    const slow = Object.assign(new Error("the body did not come in time"), { code: "ERR_HTTP_REQUEST_TIMEOUT" });
    const timer = setTimeout(() => answerClientError(slow, raw.socket), within).unref();
    for (const ended of ["end", "close"]) raw.once(ended, () => clearTimeout(timer));
  });
}

/** Whoever offers another protocol, as some clients do with every request, is answered in this one. */
export const shouldUpgradeCallback = ({ headers }: IncomingMessage): boolean => headers.upgrade?.toLowerCase() === "websocket";

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
