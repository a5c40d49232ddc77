import { Get, Param, Req, Res } from "@nestjs/common";
import { Args, Context, ID, Subscription } from "@nestjs/graphql";
import { RouteConfig } from "@nestjs/platform-fastify";
import { ApiExtraModels, ApiHeader, ApiOkResponse, ApiOperation, ApiParam, ApiTags, getSchemaPath } from "@nestjs/swagger";
import type { FastifyReply, FastifyRequest } from "fastify";
import type { RowState } from "#projection/read/live-rows.js";
import type { Standing } from "#access/decide.js";
import type { Caller } from "#platform/sign-in/token.js";
import { answered } from "../operations/incoming.js";
import { positionOf } from "../operations/envelope.js";
import type { Subscribed, Operation } from "../operations/operation.js";
import { given, type ApiServices, type GivenServices } from "../operations/services.js";
import { eventStream, stateMessage } from "./event-stream.js";
import type { Latest } from "./latest.js";

type Prototype = Record<string, (...inputs: any[]) => Promise<unknown>>;
type FollowingRequest = FastifyRequest & Caller & { readonly permitted?: { readonly operation: Operation; readonly standing: Standing } };

/** How long a client that reads nothing may hold a stream that has ended, milliseconds. */
const grace = 2_000;
/** A connection that was a stream is used for nothing else, so that it keeps nobody from stopping; proxies must not gather what it says. */
const headers = { "content-type": "text/event-stream", "cache-control": "no-store", connection: "close", "x-accel-buffering": "no" };
const resumed = { rest: "Last-Event-ID", graphql: "after" };
const awaited = { rest: "Consistent-After", graphql: "consistentAfter" };

interface FollowRequest {
  readonly id: string;
  readonly seen: string | null | undefined;
  readonly after: string | null | undefined;
  readonly protocol: "rest" | "graphql";
  readonly permitted?: Standing | undefined;
}

function follow(
  operation: Subscribed,
  services: ApiServices,
  { actor, until }: Caller,
  { id, seen, after, protocol, permitted }: FollowRequest,
) {
  const names = { key: "", revision: "", occurredAt: "", lateReason: "", draft: "", after: awaited[protocol] };
  const asking = { actor, id, services, envelopeFields: { after: after ?? undefined }, names, permitted };
  return answered(operation, asking, (call) =>
    operation.follow({ ...call, until, seen: typeof seen === "string" ? positionOf(seen, resumed[protocol]) : undefined }),
  );
}

/** `GET /v1/.../live`: server-sent events. */
export function followByRest(prototype: Prototype, operation: Subscribed): void {
  const { name, path, summary, tag, returns } = operation;
  prototype[name] = async function (this: GivenServices, ...[request, reply, id]: [FollowingRequest, FastifyReply, string]) {
    const header = (each: string) => request.headers[each.toLowerCase()] as string | undefined;
    const permitted = request.permitted?.operation === operation ? request.permitted.standing : undefined;
    const following = { id, seen: header(resumed.rest), after: header(awaited.rest), permitted };
    const states = await follow(operation, this[given], request, { ...following, protocol: "rest" });
    // A HEAD is answered without the stream ever being read.
    reply.raw.once("close", () => void states.return());
    void states.ended.then(() => setTimeout(() => reply.raw.destroy(), grace).unref());
    return reply.headers(headers).send(eventStream(states));
  };
  const content = { "text/event-stream": { schema: { $ref: getSchemaPath(returns) } } };
  const description = "Each event is a state, its id the position. The last one, `end`, is a problem that says why.";
  const decorators = [
    Get(path.replace("{id}", ":id")),
    RouteConfig({ operation }),
    ApiOperation({ operationId: name, summary }),
    ApiTags(tag),
    ApiExtraModels(returns),
    ApiOkResponse({ description, content }),
    ApiParam({ name: "id", schema: { type: "string", format: "uuid" } }),
    ApiHeader({ name: resumed.rest, required: false, description: "The last event's id: told only what has happened since" }),
    ApiHeader({ name: awaited.rest, required: false, description: "A position that the first state must include" }),
  ];
  const descriptor = Object.getOwnPropertyDescriptor(prototype, name)!;
  for (const each of decorators) each(prototype, name, descriptor);
  Req()(prototype, name, 0);
  Res()(prototype, name, 1);
  Param("id")(prototype, name, 2);
  Reflect.defineMetadata("design:paramtypes", [Object, Object, String], prototype, name);
}

/** `subscription { ...(id) { position row { ... } } }`. */
export function followByGraphql(prototype: Prototype, operation: Subscribed): void {
  const { name, summary, returns } = operation;
  prototype[name] = async function (this: GivenServices, ...[{ caller }, id, seen, after]: [{ caller: Caller }, string, string, string]) {
    return (await follow(operation, this[given], caller, { id, seen, after, protocol: "graphql" })) satisfies Latest<RowState>;
  };
  const descriptor = Object.getOwnPropertyDescriptor(prototype, name)!;
  Subscription(() => returns, { name, description: summary, resolve: stateMessage })(prototype, name, descriptor);
  Context()(prototype, name, 0);
  Args("id", { type: () => ID })(prototype, name, 1);
  Args(resumed.graphql, { type: () => String, nullable: true })(prototype, name, 2);
  Args(awaited.graphql, { type: () => String, nullable: true })(prototype, name, 3);
  Reflect.defineMetadata("design:paramtypes", [Object, String, String, String], prototype, name);
}
