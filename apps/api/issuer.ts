import type { FastifyInstance } from "fastify";
import type { Issuer } from "#platform/sign-in.js";
import { unauthenticated } from "#platform/problem.js";

/** The built-in issuer's addresses: for demos and laptops, refused in production. */
export const issuerRoutes =
  (issuer: Issuer) =>
  async (server: FastifyInstance): Promise<void> => {
    // Forms are understood here only: everything else speaks JSON.
    server.addContentTypeParser("application/x-www-form-urlencoded", { parseAs: "string" }, (_request, body, done) =>
      done(null, Object.fromEntries(new URLSearchParams(body as string))),
    );
    server.get("/sign-in/.well-known/openid-configuration", async () => issuer.discovery());
    server.get("/sign-in/.well-known/jwks.json", async () => issuer.jwks());
    server.post("/sign-in/token", async (request, reply) => {
      const { username = "", password = "" } = (request.body ?? {}) as Record<string, string>;
      const token = await issuer.token(username, password);
      if (token) return token;
      const { problem } = unauthenticated("TokenInvalid");
      return reply.status(401).header("content-type", "application/problem+json").send(JSON.stringify(problem));
    });
  };
