import type { IncomingMessage } from "node:http";
import type { FastifyInstance } from "fastify";
import { v4 as uuidv4 } from "uuid";

const name = "request-id";
/** A client's own id is taken where it is safe to be written into a log. */
const taken = /^[\w-]{8,64}$/;

/** By which a request is found again, in the client's log and in ours. */
export function requestIdOf({ headers }: Pick<IncomingMessage, "headers">): string {
  const requested = headers[name];
  return typeof requested === "string" && taken.test(requested) ? requested : uuidv4();
}

/** Every answer names the request it answers, and is kept by no browser and no proxy: what it holds may be personal. */
export function nameRequests(server: FastifyInstance): void {
  server.addHook("onRequest", async (request, reply) => {
    void reply.header(name, request.id).header("cache-control", "no-store");
  });
}
