import cors from "@fastify/cors";
import type { FastifyInstance } from "fastify";
import type { IsOurs } from "#platform/http/origins.js";

/** What a page of another origin may send: what the api reads, and no more. */
const sent = [
  ...["authorization", "content-type", "idempotency-key", "if-match", "if-none-match", "occurred-at", "late-reason", "draft"],
  ...["acting-as", "acting-for"],
  ...["consistent-after", "last-event-id", "request-id"],
];
/** What it may read of an answer, beside its body. */
const told = ["etag", "consistent-after", "location", "request-id", "retry-after", "allow"];

/** How long a browser may remember what it was told, seconds. */
const remembered = 600;

/**
 * Lets pages of these origins ask, before anybody has signed in: a browser asks first whether it may. To be called before what demands a
 * token. No cookie is ever taken, so that a page can only use a token that it was given.
 */
export async function letPagesAsk(server: FastifyInstance, isOurs: IsOurs): Promise<void> {
  await server.register(cors, {
    origin: async (origin: string | undefined) => origin !== undefined && isOurs(origin),
    methods: ["GET", "POST"],
    allowedHeaders: sent,
    exposedHeaders: told,
    maxAge: remembered,
    // What asks for no permission is a request like any other.
    strictPreflight: false,
  });
}
