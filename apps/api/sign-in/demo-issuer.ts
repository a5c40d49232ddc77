import type { FastifyInstance } from "fastify";
import { answerProblem } from "#api/operations/problems.js";
import type { Attempts } from "#platform/sign-in/attempts.js";
import { networkOf } from "#platform/http/network.js";
import type { Issuer } from "#platform/sign-in/sign-in.js";
import { ProblemError, wrongPassword } from "#platform/http/problem.js";
import { claimedBy } from "#platform/sign-in/token.js";
import { slowedDown } from "../limits.js";

const open = { config: { open: true } };
/** A form of sign-in, bytes. */
const largestForm = 4_096;

/** The built-in issuer's addresses: for demos and laptops, refused in production. */
export const issuerRoutes =
  (issuer: Issuer, attempts: Attempts) =>
  async (server: FastifyInstance): Promise<void> => {
    // Forms are understood here only: everything else speaks JSON.
    server.addContentTypeParser(
      "application/x-www-form-urlencoded",
      { parseAs: "string", bodyLimit: largestForm },
      (_request, body, done) => done(null, Object.fromEntries(new URLSearchParams(body as string))),
    );
    server.get("/sign-in/.well-known/openid-configuration", open, async () => issuer.discovery());
    server.get("/sign-in/.well-known/jwks.json", open, async () => issuer.jwks());
    server.post("/sign-in/token", { ...open, bodyLimit: largestForm }, async (request, reply) => {
      const { username, password } = formOf(request.body);
      const sign = async () => {
        const token = await issuer.token(username, password);
        if (!token) throw wrongPassword();
        return token;
      };
      try {
        const address = networkOf(request.ip);
        const token = await attempts.of(address, username, sign, (error) => error instanceof ProblemError);
        // Her token calls her by her id.
        attempts.know(address, claimedBy(token.access_token));
        return token;
      } catch (error) {
        return answerProblem(reply, await slowedDown(error, request.raw.socket));
      }
    });
  };

function formOf(body: unknown): { username: string; password: string } {
  const { username, password } = (typeof body === "object" && body !== null ? body : {}) as Record<string, unknown>;
  const text = (value: unknown) => (typeof value === "string" ? value : "");
  return { username: text(username), password: text(password) };
}
