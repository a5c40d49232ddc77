import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import type { FastifyInstance } from "fastify";
import {
  getOperationAST,
  GraphQLError,
  OperationTypeNode,
  parse,
  specifiedRules,
  validate,
  type ExecutionArgs,
  type GraphQLSchema,
} from "graphql";
import type { SubscribePayload } from "graphql-ws";
import { useServer, type Extra } from "graphql-ws/use/ws";
import { WebSocket, WebSocketServer } from "ws";
import { ProblemError } from "#platform/problem.js";
import type { Caller } from "#platform/token.js";
import { mostTokens, withinLimits } from "../graphql-limits.js";
import { operationNamed, type GraphqlOperations } from "../graphql-operations.js";
import { asProblem } from "../graphql.js";
import { problemOf } from "../problems.js";
import { longestTimer } from "./live-streams.js";
import { Places, type Limits } from "./places.js";

type Connection = Extra & { caller?: Caller };

interface SocketOptions {
  readonly path: string;
  readonly schema: () => GraphQLSchema;
  /** Whose `Bearer ...` this is. @throws 401 */
  readonly callerOf: (authorization: string | undefined) => Promise<Caller>;
  /** Counts a subscription as the request that it is. @throws 429 */
  readonly count: (caller: Caller) => Promise<void>;
  readonly limits: Limits;
  /** Where they are listed, no other is answered. */
  readonly operations: GraphqlOperations | undefined;
}

const largestMessage = 65_536;
/** How long a client that does not answer may keep the process from stopping, milliseconds. */
const grace = 2_000;
/** Codes by which a socket is closed: sign in first; come back with a new token; come back later. */
const closing = { unauthorized: 4401, expired: 4403, later: 1013 };

/** GraphQL subscriptions over a WebSocket, by the protocol `graphql-transport-ws`. */
export function serveGraphqlSocket(server: FastifyInstance, options: SocketOptions): void {
  const sockets = new WebSocketServer({ noServer: true, maxPayload: largestMessage });
  const service = useServer<Record<string, unknown>, { caller?: Caller }>(
    {
      // Why something failed inside is no business of the client's.
      isProd: true,
      onConnect: ({ extra, connectionParams }) => signIn(extra, connectionParams?.["authorization"], options, places),
      onSubscribe: ({ extra }, _id, payload) => subscription(payload, extra.caller!, options),
      onNext: (_context, _id, _payload, _args, { errors, ...rest }) => (errors ? { ...rest, errors: errors.map(asProblem) } : undefined),
      onError: (_context, _id, _payload, errors) => errors.map((error) => asProblem(error as GraphQLError)),
    },
    sockets,
  );
  const places = new Places(options.limits);
  server.server.on("upgrade", (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    const [path] = (request.url ?? "").split("?");
    if (path !== options.path) return refuse(socket, "404 Not Found");
    if (sockets.clients.size >= options.limits.total) return refuse(socket, "503 Service Unavailable");
    sockets.handleUpgrade(request, socket, head, (client) => sockets.emit("connection", client, request));
  });
  server.addHook("preClose", async () => {
    setTimeout(() => sockets.clients.forEach((client) => client.terminate()), grace).unref();
    await service.dispose();
  });
}

function refuse(socket: Duplex, status: string): void {
  socket.on("error", () => undefined);
  socket.end(`HTTP/1.1 ${status}\r\nconnection: close\r\ncontent-length: 0\r\n\r\n`);
}

/** A token comes with the first message, because browsers let none be sent with the upgrade; other clients may use its header. */
async function signIn(extra: Connection, given: unknown, { callerOf }: SocketOptions, places: Places): Promise<boolean> {
  try {
    extra.caller = await callerOf(typeof given === "string" ? given : extra.request.headers.authorization);
    if (extra.socket.readyState !== WebSocket.OPEN) return false;
    extra.socket.once("close", places.take(extra.caller.actor.id));
    closeWhenExpired(extra.socket, extra.caller);
    return true;
  } catch (error) {
    const { status, code } = problemOf(error).problem;
    extra.socket.close(status === 401 ? closing.unauthorized : closing.later, code);
    return false;
  }
}

/** Its streams have ended by then, each with an error that says why. */
function closeWhenExpired(socket: WebSocket, { until }: Caller): void {
  const left = Math.min(until.getTime() - Date.now() + grace, longestTimer);
  const timer = setTimeout(() => socket.close(closing.expired, "TokenExpired"), left);
  socket.once("close", () => clearTimeout(timer));
}

type Asked = ExecutionArgs | readonly GraphQLError[];

async function subscription(payload: SubscribePayload, caller: Caller, { schema, count, operations }: SocketOptions): Promise<Asked> {
  try {
    await count(caller);
    const document = parse(operations ? operationNamed(operations, payload) : payload.query, { maxTokens: mostTokens });
    const errors = validate(schema(), document, [...specifiedRules, withinLimits]);
    if (errors.length > 0) return errors;
    if (getOperationAST(document, payload.operationName)?.operation !== OperationTypeNode.SUBSCRIPTION)
      return [new GraphQLError("Only subscriptions are asked here: send queries and mutations by POST.")];
    const { operationName, variables: variableValues } = payload;
    return { schema: schema(), document, operationName, variableValues, contextValue: { caller } } as ExecutionArgs;
  } catch (error) {
    if (error instanceof GraphQLError) return [error];
    return [new GraphQLError("", { originalError: error instanceof ProblemError ? error : problemOf(error) })];
  }
}
