import type { Socket } from "node:net";
import { setTimeout as pause } from "node:timers/promises";
import type { FastifyInstance } from "fastify";
import { problemOf } from "#api/operations/problems.js";
import type { SignedIn } from "#api/operations/routes.js";
import { Attempts } from "#platform/sign-in/attempts.js";
import { Budget } from "#platform/sign-in/budget.js";
import { Slots } from "#platform/http/slots.js";
import type { Configuration } from "./configuration.js";

/**
 * Whoever is told to come back later is told so after this, and not listened to meanwhile, milliseconds: a program that asks again at
 * once would otherwise cost as much as if it were answered.
 */
const slowness = 1_000;
/** What a request that is refused for its own faults costs, in requests: people make few, attackers make nothing else. */
const refusal = 50;
const faulty = new Set([400, 403, 404, 405, 413, 414, 415, 422]);

/** What people and addresses may ask. */
export interface RequestLimits {
  /** By person. */
  readonly requests: Budget;
  /** By address, before sign-in. */
  readonly unsigned: Budget;
  readonly attempts: Attempts;
  /** Requests that are not answered yet, by person and by address. */
  readonly persons: Slots;
  readonly addresses: Slots;
}

export const requestLimits = (configuration: Configuration): RequestLimits => ({
  requests: new Budget(configuration.RATE_LIMIT),
  unsigned: new Budget(configuration.UNSIGNED_LIMIT),
  attempts: new Attempts(configuration.WRONG_SIGN_INS),
  persons: new Slots({ each: configuration.REQUESTS_PER_PERSON, total: configuration.REQUESTS }),
  addresses: new Slots({ each: configuration.REQUESTS_PER_ADDRESS, total: configuration.REQUESTS }),
});

/** Refused requests cost more than others: counted when it is known. */
export function countRefusals(server: FastifyInstance, { requests }: RequestLimits): void {
  server.addHook("onResponse", async (request, reply) => {
    const { actor, refused } = request as Partial<SignedIn>;
    if (actor && (refused || faulty.has(reply.statusCode))) requests.charge(actor.id, refusal);
  });
}

/** Answers the error, late where it is that too much was asked. */
export async function slowedDown(error: unknown, socket: Socket): Promise<unknown> {
  if (problemOf(error).problem.status !== 429) return error;
  socket.pause();
  await pause(slowness);
  socket.resume();
  return error;
}
