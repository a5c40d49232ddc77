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
import type { People } from "../access/people.js";
import { ProblemError } from "#platform/http/problem.js";
import type { Caller } from "#platform/sign-in/token.js";
import { bounds } from "#platform/values/values.js";
import { mostTokens, withinLimits, writtenPlainly } from "../graphql/graphql-limits.js";
import { operationNamed, type GraphqlOperations } from "../graphql/graphql-operations.js";
import { asProblem } from "../graphql/graphql.js";
import { problemOf } from "../operations/problems.js";
import { longestTimer } from "./live-streams.js";
import { Slots, type SlotLimits } from "#platform/http/slots.js";

type SocketConnection = Extra & { caller?: Caller; request: Arrived };
/** `arrive`: gives back the place of those who have not signed in. */
type Arrived = IncomingMessage & { address?: string; arrive?: () => void };

interface SocketOptions {
  readonly path: string;
  readonly schema: () => GraphQLSchema;
  /** Whose `Bearer ...` this is. @throws 401 */
  readonly callerOf: (authorization: string | undefined, address: string, header: (name: string) => unknown) => Promise<Caller>;
  readonly people: Pick<People, "watch">;
  readonly addressOf: (request: IncomingMessage) => string;
  /** Counts what a socket says as the request that it is. @throws 429 */
  readonly count: (caller: Caller) => void;
  readonly limits: SlotLimits;
  /** Sockets that have not signed in yet, by address. */
  readonly unsigned: Slots;
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
      onConnect: ({ extra, connectionParams }) => signIn(extra, saidIn(connectionParams), options, slots),
      onSubscribe: ({ extra }, _id, payload) => subscription(payload, extra.caller!, options),
      onNext: (_context, _id, _payload, _args, { errors, ...rest }) =>
        errors ? { ...rest, errors: errors.map((error) => asProblem(error)) } : undefined,
      onError: (_context, _id, _payload, errors) => errors.map((error) => asProblem(error as GraphQLError)),
    },
    sockets,
  );
  const slots = new Slots(options.limits);
  server.server.on("upgrade", (request: Arrived, socket: Duplex, head: Buffer) => {
    const [path] = (request.url ?? "").split("?");
    if (path !== options.path) return refuse(socket, "404 Not Found");
    if (sockets.clients.size >= options.limits.total) return refuse(socket, "503 Service Unavailable");
    request.address = options.addressOf(request);
    try {
      request.arrive = options.unsigned.take(request.address);
    } catch {
      return refuse(socket, "429 Too Many Requests\r\nretry-after: 10");
    }
    socket.once("close", request.arrive);
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

/** What the first message says, as a header would, in whatever case of letters a client writes its name. */
const saidIn =
  (given: Readonly<Record<string, unknown>> | undefined) =>
  (header: string): unknown =>
    Object.entries(given ?? {}).find(([name]) => name.toLowerCase() === header)?.[1];

/** A token comes with the first message, because browsers let none be sent with the upgrade; other clients may use its header. */
async function signIn(
  extra: SocketConnection,
  said: (header: string) => unknown,
  { callerOf, count, people }: SocketOptions,
  places: Slots,
): Promise<boolean> {
  const { socket, request } = extra;
  try {
    const header = (name: string) => said(name) ?? request.headers[name];
    const authorization = header("authorization");
    const caller = await callerOf(typeof authorization === "string" ? authorization : undefined, request.address ?? "", header);
    if (socket.readyState !== WebSocket.OPEN) return false;
    socket.once("close", places.take(caller.actor.id));
    request.arrive?.();
    extra.caller = caller;
    closeWhenExpired(socket, caller);
    socket.once(
      "close",
      people.watch(caller.actor.id, () => socket.close(closing.expired, "MembershipChanged")),
    );
    socket.on("message", () => countMessage(socket, () => count(caller)));
    return true;
  } catch (error) {
    const { status, code } = problemOf(error).problem;
    socket.close([401, 403].includes(status) ? closing.unauthorized : closing.later, code);
    return false;
  }
}

/** Whoever says more than she may is not listened to any longer. */
function countMessage(socket: WebSocket, count: () => void): void {
  try {
    count();
  } catch {
    socket.close(closing.later, "TooManyRequests");
  }
}

/** Its streams have ended by then, each with an error that says why. */
function closeWhenExpired(socket: WebSocket, { until }: Caller): void {
  const left = Math.min(until.getTime() - Date.now() + grace, longestTimer);
  const timer = setTimeout(() => socket.close(closing.expired, "TokenExpired"), left);
  socket.once("close", () => clearTimeout(timer));
}

type SocketRequest = ExecutionArgs | readonly GraphQLError[];

async function subscription(payload: SubscribePayload, caller: Caller, { schema, operations }: SocketOptions): Promise<SocketRequest> {
  try {
    const document = parse(operations ? operationNamed(operations, payload) : payload.query, { maxTokens: mostTokens });
    for (const rules of [[writtenPlainly, withinLimits], specifiedRules]) {
      const errors = validate(schema(), document, rules, { maxErrors: bounds.errors });
      if (errors.length > 0) return errors;
    }
    if (getOperationAST(document, payload.operationName)?.operation !== OperationTypeNode.SUBSCRIPTION)
      return [new GraphQLError("Only subscriptions are asked here: send queries and mutations by POST.")];
    const { operationName, variables: variableValues } = payload;
    return { schema: schema(), document, operationName, variableValues, contextValue: { caller } } as ExecutionArgs;
  } catch (error) {
    if (error instanceof GraphQLError) return [error];
    return [new GraphQLError("", { originalError: error instanceof ProblemError ? error : problemOf(error) })];
  }
}
