import type { FastifyInstance } from "fastify";
import helmet from "helmet";
import type { IncomingMessage, ServerResponse } from "node:http";

/** Every answer tells browsers what they must not do with it. It is the same for all of them, and asked of the library once. */
export function protectAnswers(server: FastifyInstance): void {
  const headers: Record<string, string> = {};
  const answer = { setHeader: (name: string, value: string) => (headers[name] = value), removeHeader: () => undefined };
  // A page says by itself where what it shows may come from.
  helmet({ contentSecurityPolicy: false })({} as IncomingMessage, answer as unknown as ServerResponse, () => undefined);
  const kept = Object.entries(headers);
  server.addHook("onRequest", (_request, reply, done) => {
    for (const [name, value] of kept) reply.raw.setHeader(name, value);
    done();
  });
}
