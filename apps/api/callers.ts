import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { answerProblem } from "#api/operations/problems.js";
import type { Accounts } from "#platform/sign-in/accounts.js";
import type { Attempts } from "#platform/sign-in/attempts.js";
import { idOf } from "#platform/values/ids.js";
import { networkOf } from "#platform/http/network.js";
import { ProblemError, unauthenticated } from "#platform/http/problem.js";
import type { Admit, Wish } from "./admission.js";
import { claimedBy, InvalidToken, type Caller, type TokenVerifier, type Verified } from "#platform/sign-in/token.js";
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
export function requireSignIn(
  server: FastifyInstance,
  callerOf: CallerOf,
  limits: RequestLimits,
  tickets: Pick<Accounts, "useTicket">,
): void {
  server.addHook("onRequest", async (request: FastifyRequest, reply: FastifyReply) => {
    try {
      await letIn(request, reply, { callerOf, limits, tickets });
    } catch (error) {
      return answerProblem(reply, await slowedDown(error, request.raw.socket));
    }
  });
}

interface Gate {
  readonly callerOf: CallerOf;
  readonly limits: RequestLimits;
  readonly tickets: Pick<Accounts, "useTicket">;
}

async function letIn(request: FastifyRequest, reply: FastifyReply, { callerOf, limits, tickets }: Gate): Promise<void> {
  const address = networkOf(request.ip);
  reply.raw.once("close", limits.addresses.take(address));
  const { authorization } = request.headers;
  const { open = false } = request.routeOptions.config;
  if (open || !authorization) limits.unsigned.take(address);
  if (open) return;
  const wish = wishIn((name) => request.headers[name]);
  const caller = (await byTicket(request, tickets)) ?? (await callerOf(authorization, address, wish));
  limits.requests.take(caller.actor.id);
  reply.raw.once("close", limits.persons.take(caller.actor.id));
  Object.assign(request, caller);
}

/** A browser's `EventSource` can send no header: what it follows is opened by a ticket that counts once. */
async function byTicket({ headers, routeOptions, query }: FastifyRequest, tickets: Gate["tickets"]): Promise<Caller | null> {
  const { ticket } = query as { ticket?: unknown };
  if (headers.authorization || typeof ticket !== "string" || routeOptions.config.operation?.kind !== "subscription") return null;
  const kept = await tickets.useTicket<{ actor: Caller["actor"]; until: string }>(ticket);
  if (!kept) throw unauthenticated("TokenInvalid");
  return { actor: kept.actor, until: new Date(kept.until) };
}

/** How long a ticket may lie about, milliseconds. */
const ticketLifetime = 30_000;

/** `POST /sign-in/ticket`: for whoever has signed in. */
export function serveTickets(server: FastifyInstance, tickets: Pick<Accounts, "newTicket">): void {
  const handler = async (request: FastifyRequest) => {
    const { actor, until } = request as FastifyRequest & Caller;
    const end = new Date(Date.now() + ticketLifetime);
    return { ticket: await tickets.newTicket({ actor, until }, end), until: end.toISOString() };
  };
  server.route({ method: "POST", url: "/sign-in/ticket", handler });
}

/** Whose token this is, `Bearer ...`, and as whom she acts. @throws 401 where it is none that is valid, 403 where she may not act here, 429 where too many were not */
export type CallerOf = (authorization: string | undefined, address: string, wish: Wish) => Promise<Caller>;

/** `refused` is told why somebody is not let in, by a code: the token itself is nobody's to know. */
export const callersBy =
  (
    verified: (authorization: string | undefined, address: string) => Promise<Verified>,
    admit: Admit,
    refused: (reason: string) => void,
  ): CallerOf =>
  async (authorization, address, wish) => {
    try {
      return await admit(await verified(authorization, address), wish);
    } catch (error) {
      if (error instanceof ProblemError && error.problem.status === 403) refused(error.problem.code);
      throw inWords(error, refused);
    }
  };

/** Whose token this is, `Bearer ...`, whether or not she is known here. `verify` throws InvalidToken. */
export const verifiedBy =
  (verify: TokenVerifier, attempts: Attempts, refused: (reason: string) => void) =>
  async (authorization: string | undefined, address: string): Promise<Verified> => {
    const token = /^Bearer (\S+)$/i.exec(authorization ?? "")?.[1];
    if (!token) throw unauthenticated("TokenMissing");
    // Whoever shows what was verified just now guesses at nothing.
    const known = verify.remembered(token);
    if (known) return known;
    const check = () =>
      verify(token).catch((error: unknown) => {
        throw inWords(error, refused);
      });
    return attempts.of(address, claimedBy(token), check, isWrong);
  };

/** What is wrong with a token, as its sender is told. */
function inWords(error: unknown, refused: (reason: string) => void): unknown {
  if (!(error instanceof InvalidToken)) return error;
  refused(error.reason);
  return unauthenticated(error.code);
}

/** A token that has expired was a right one: whoever sends it gets a new one, and guesses at nothing. */
const isWrong = (error: unknown): boolean => error instanceof ProblemError && error.problem.code === "TokenInvalid";

/** What `Acting-As` and `Acting-For` say; whatever is no text says nothing. */
export function wishIn(header: (name: string) => unknown): Wish {
  const text = (name: string) => {
    const value = header(name);
    return typeof value === "string" && value !== "" ? idOf(value) : undefined;
  };
  return { role: text("acting-as"), organisation: text("acting-for") };
}
