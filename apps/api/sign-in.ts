import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { SignedIn } from "#api/doors.js";
import { answerProblem } from "#api/problems.js";
import { ProblemError, unauthenticated } from "#platform/problem.js";
import type { Actor } from "#kernel/kernel.js";

/** What stands behind sign-in; everything else under these is open. */
const guarded = /^\/(v1\/(?!openapi\.json|docs)|graphql)/;

/** Every request to a guarded path has an actor, or ends here. */
export function requireSignIn(server: FastifyInstance, verify: (token: string) => Promise<Actor>): void {
  server.addHook("onRequest", async (request: FastifyRequest, reply: FastifyReply) => {
    if (!guarded.test(request.url)) return;
    try {
      (request as SignedIn).actor = await actorOf(request.headers.authorization, verify);
    } catch (error) {
      return answerProblem(reply, error);
    }
  });
}

async function actorOf(header: string | undefined, verify: (token: string) => Promise<Actor>): Promise<Actor> {
  const token = /^Bearer (\S+)$/i.exec(header ?? "")?.[1];
  if (!token) throw unauthenticated("TokenMissing");
  try {
    return await verify(token);
  } catch (error) {
    const code = (error as { code?: unknown }).code;
    if (code === "TokenExpired" || code === "TokenInvalid") throw unauthenticated(code);
    throw error instanceof ProblemError ? error : unauthenticated("TokenInvalid");
  }
}
