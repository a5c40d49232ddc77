import type { FastifyInstance } from "fastify";
import type { createIssuer } from "#platform/sign-in.js";
import { unauthenticated } from "#platform/problem.js";

/** The built-in issuer's addresses: for demos and laptops, refused in production. */
export function serveIssuer(server: FastifyInstance, issuer: Awaited<ReturnType<typeof createIssuer>>): void {
  server.addContentTypeParser("application/x-www-form-urlencoded", { parseAs: "string" }, (_request, body, done) =>
    done(null, Object.fromEntries(new URLSearchParams(body as string))),
  );
  server.get("/sign-in/.well-known/openid-configuration", () => issuer.discovery());
  server.get("/sign-in/.well-known/jwks.json", () => issuer.jwks());
  server.post("/sign-in/token", async (request, reply) => {
    const { username = "", password = "" } = (request.body ?? {}) as Record<string, string>;
    const token = await issuer.token(username, password);
    if (token) return token;
    const { problem } = unauthenticated("TokenInvalid");
    return reply.status(401).header("content-type", "application/problem+json").send(JSON.stringify(problem));
  });
}
