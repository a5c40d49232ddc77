import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { answerProblem } from "#api/operations/problems.js";
import type { Attempts } from "#platform/sign-in/attempts.js";
import { networkOf } from "#platform/http/network.js";
import { ProblemError, unauthenticated } from "#platform/http/problem.js";
import { claimedBy, type Caller } from "#platform/sign-in/token.js";
import { slowedDown, type RequestLimits } from "./limits.js";

declare module "fastify" {
  interface FastifyContextConfig {
    /** Whoever asks is answered, without a token. Every route that does not say so is closed. */
    open?: boolean;
  }
}

/** Pages that libraries serve, by the patterns they are registered under: the OpenAPI document, and the pages to try the api. */
const page = /^\/(v1\/openapi\.json|(v1\/docs|altair)(\/.*)?)$/;

/** Has to be called before the pages are registered. */
export function openPages(server: FastifyInstance): void {
  server.addHook("onRoute", (route) => {
    if (page.test(route.url)) route.config = { ...route.config, open: true };
  });
}

/**
 * Every request has an actor, or the route it was matched with says that it is open, or it ends here: by the route, however its address
 * is spelled. Without a token, a route that there is and one that there is not look the same.
 */
export function requireSignIn(server: FastifyInstance, callerOf: CallerOf, limits: RequestLimits): void {
  server.addHook("onRequest", async (request: FastifyRequest, reply: FastifyReply) => {
    try {
      await admit(request, reply, callerOf, limits);
    } catch (error) {
      return answerProblem(reply, await slowedDown(error, request.raw.socket));
    }
  });
}

async function admit(request: FastifyRequest, reply: FastifyReply, callerOf: CallerOf, limits: RequestLimits): Promise<void> {
  const address = networkOf(request.ip);
  reply.raw.once("close", limits.addresses.take(address));
  const { authorization } = request.headers;
  const { open = false } = request.routeOptions.config;
  if (open || !authorization) limits.unsigned.take(address);
  if (open) return;
  const caller = await callerOf(authorization, address);
  limits.requests.take(caller.actor.id);
  reply.raw.once("close", limits.persons.take(caller.actor.id));
  Object.assign(request, caller);
}

/** Whose token this is, `Bearer ...`. @throws 401 where it is none that is valid, 429 where too many were not */
export type CallerOf = (authorization: string | undefined, address: string) => Promise<Caller>;

/** `verify` throws InvalidToken. `refused` is told why, by a code: the token itself is nobody's to know. */
export const callersBy =
  (verify: (token: string) => Promise<Caller>, attempts: Attempts, refused: (reason: string) => void = () => undefined): CallerOf =>
  async (authorization, address) => {
    const token = /^Bearer (\S+)$/i.exec(authorization ?? "")?.[1];
    if (!token) throw unauthenticated("TokenMissing");
    const check = () =>
      verify(token).catch((error: { code?: unknown; reason?: string }) => {
        if (error instanceof ProblemError) throw error;
        refused(error.reason ?? "UNKNOWN");
        throw unauthenticated(error.code === "TokenExpired" ? error.code : "TokenInvalid");
      });
    return attempts.of(address, claimedBy(token), check, isWrong);
  };

/** A token that has expired was a right one: whoever sends it gets a new one, and guesses at nothing. */
const isWrong = (error: unknown): boolean => error instanceof ProblemError && error.problem.code === "TokenInvalid";
