import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { Caller } from "#platform/token.js";
import { answerProblem } from "#api/problems.js";
import { ProblemError, unauthenticated } from "#platform/problem.js";

/** What stands behind sign-in; everything else under these is open. */
const guarded = /^\/(v1\/(?!openapi\.json|docs)|graphql)/;

/** Every request to a guarded path has an actor, or ends here. */
export function requireSignIn(server: FastifyInstance, verify: (token: string) => Promise<Caller>): void {
  server.addHook("onRequest", async (request: FastifyRequest, reply: FastifyReply) => {
    if (!guarded.test(request.url)) return;
    try {
      Object.assign(request, await callerOf(request.headers.authorization, verify));
    } catch (error) {
      return answerProblem(reply, error);
    }
  });
}

/** Whose token this is, `Bearer ...`. @throws 401 where it is none that is valid */
export async function callerOf(header: string | undefined, verify: (token: string) => Promise<Caller>): Promise<Caller> {
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
