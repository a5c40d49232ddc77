import { NestFactory } from "@nestjs/core";
import { FastifyAdapter, type NestFastifyApplication } from "@nestjs/platform-fastify";
import type { Logger } from "pino";
import { nestLogger } from "#platform/logging/nest-logger.js";
import { ApiModule, type Built } from "./api.module.js";
import type { Configuration } from "./configuration.js";
import { answerClientError, shouldUpgradeCallback } from "./connections.js";
import { takeEmptyBodies } from "./empty-bodies.js";
import { requestIdOf } from "./request-ids.js";

/** A connection on which nothing moves for so long is closed, milliseconds: its client is gone, or reads no answers. */
const silence = 120_000;

/** The Nest application over Fastify, with every operation; it does not listen yet. `isProxy`: whose word on addresses is believed. */
export function application(
  { BODY_LIMIT, REQUEST_WITHIN_SECONDS, DOCUMENT_WITHIN_SECONDS }: Configuration,
  built: Built,
  logger: Logger,
  isProxy: (address: string) => boolean,
): Promise<NestFastifyApplication> {
  const within = REQUEST_WITHIN_SECONDS * 1_000;
  const adapter = new FastifyAdapter({
    bodyLimit: BODY_LIMIT,
    loggerInstance: logger as never,
    genReqId: requestIdOf,
    forceCloseConnections: "idle",
    trustProxy: isProxy,
    // Of what is no document, less: see connections.ts.
    requestTimeout: Math.max(within, DOCUMENT_WITHIN_SECONDS * 1_000),
    connectionTimeout: silence,
    clientErrorHandler: answerClientError as never,
    http: { headersTimeout: within, connectionsCheckingInterval: Math.min(within, 2_000), shouldUpgradeCallback },
  });
  takeEmptyBodies(adapter, BODY_LIMIT);
  // The server has one handler of errors, and one of what is not there, ours: Nest would set its own over them.
  adapter.setErrorHandler = () => adapter.getInstance() as never;
  adapter.setNotFoundHandler = () => adapter.getInstance() as never;
  const options = { logger: nestLogger(logger), bodyParser: false as const, abortOnError: false };
  return NestFactory.create<NestFastifyApplication>(ApiModule.with(built), adapter, options);
}
