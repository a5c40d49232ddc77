import type { FastifyInstance } from "fastify";

/** Whoever has the revision already, and says so by `If-None-Match`, is told that and no more (304). */
export function answerKnownRevisions(server: FastifyInstance): void {
  server.addHook("onSend", async (request, reply, payload) => {
    const [known, revision] = [request.headers["if-none-match"], reply.getHeader("etag")];
    if (request.method !== "GET" || reply.statusCode !== 200 || known === undefined || revision === undefined) return payload;
    if (!known.split(",").some((each) => each.trim().replace(/^W\//, "") === revision)) return payload;
    void reply.code(304).removeHeader("content-type").removeHeader("content-length");
    return null;
  });
}
