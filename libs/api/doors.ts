import { Body, Controller, Get, HttpCode, Inject, Param, Post, Query, Req, Res, type Type } from "@nestjs/common";
import { Args, Context, ID, Mutation, Query as GraphQLQuery, Resolver } from "@nestjs/graphql";
import {
  ApiBearerAuth,
  ApiBody,
  ApiHeader,
  ApiOkResponse,
  ApiOperation,
  ApiParam,
  ApiQuery,
  ApiCreatedResponse,
  ApiTags,
  ApiExtraModels,
} from "@nestjs/swagger";
import type { FastifyReply, FastifyRequest } from "fastify";
import { notAllowedOrUnknown } from "#platform/problem.js";
import { permit } from "./permit.js";
import { readEnvelope } from "./envelope.js";
import { followByGraphql, followByRest } from "./live/live-doors.js";
import { isAboutOne, type Answer, type Asked, type Call, type Operation } from "./operation.js";
import { describeRequest, rulesOf } from "./schema.js";
import { ApiServices } from "./services.js";
import type { Caller } from "#platform/token.js";

/** A request after sign-in. */
export type SignedIn = FastifyRequest & Caller;

type Prototype = Record<string, (...inputs: any[]) => Promise<unknown>>;

const headerNames = { key: "Idempotency-Key", revision: "If-Match", occurredAt: "Occurred-At", after: "Consistent-After" };
const argumentNames = { key: "key", revision: "revision", occurredAt: "occurredAt", after: "consistentAfter" };

/** Operations as Nest controllers and resolvers, made at start. */
export function doorsOf(operations: readonly Operation[]): { controllers: Type[]; resolvers: Type[] } {
  for (const each of operations) if (each.kind !== "subscription" && each.input) describeRequest(each.input);
  return { controllers: [controllerOf(operations)], resolvers: [resolverOf(operations)] };
}

async function perform(operation: Asked, call: Call): Promise<Answer> {
  const { damage } = call.services;
  try {
    await permit(operation, call);
  } catch (error) {
    // To whom it is not permitted, a damaged record looks like one that is not there.
    throw damage.note(error) ? notAllowedOrUnknown() : error;
  }
  return damage.noting(operation.run(call));
}

function controllerOf(operations: readonly Operation[]): Type {
  class OperationsController {
    constructor(readonly services: ApiServices) {}
  }
  const prototype = OperationsController.prototype as unknown as Prototype;
  for (const each of operations)
    if (each.kind === "subscription") followByRest(prototype, each);
    else route(prototype, each);
  Inject(ApiServices)(OperationsController, undefined as never, 0);
  ApiBearerAuth()(OperationsController);
  Controller("v1")(OperationsController);
  return OperationsController;
}

function route(prototype: Prototype, operation: Asked): void {
  const { name, kind, path, input, returns, list, summary, tag, created } = operation;
  prototype[name] = async function (
    this: { services: ApiServices },
    ...[request, reply, id, body]: [SignedIn, FastifyReply, string, object]
  ) {
    const header = (each: string) => request.headers[each.toLowerCase()] as string | undefined;
    const told = {
      key: header(headerNames.key),
      revision: header(headerNames.revision),
      occurredAt: header(headerNames.occurredAt),
      after: header(headerNames.after),
    };
    const envelope = readEnvelope(told, headerNames, new Date());
    const answer = await perform(operation, { actor: request.actor, id, input: body ?? {}, envelope, services: this.services });
    if (answer.revision !== undefined) void reply.header("etag", `"${answer.revision}"`);
    if (answer.position !== undefined) void reply.header("consistent-after", answer.position.toString());
    if (answer.location) void reply.header("location", answer.location);
    return answer.body;
  };
  const descriptor = Object.getOwnPropertyDescriptor(prototype, name)!;
  const decorate = (...decorators: (MethodDecorator | undefined)[]) => {
    for (const each of decorators) each?.(prototype, name, descriptor);
  };
  const write = kind === "mutation";
  const ok = { type: returns, isArray: list ?? false };
  decorate(
    write ? Post(path.replace("{id}", ":id")) : Get(path.replace("{id}", ":id")),
    HttpCode(created ? 201 : 200),
    ApiOperation({ operationId: name, summary }),
    ApiTags(tag),
    ApiExtraModels(returns),
    created ? ApiCreatedResponse(ok) : ApiOkResponse(ok),
    isAboutOne(operation) ? ApiParam({ name: "id", schema: { type: "string", format: "uuid" } }) : undefined,
    write && input ? ApiBody({ type: input }) : undefined,
    !write && input ? ApiQuery({ type: input }) : undefined,
    ...headersOf(operation),
  );
  Req()(prototype, name, 0);
  Res({ passthrough: true })(prototype, name, 1);
  Param("id")(prototype, name, 2);
  (write ? Body() : Query())(prototype, name, 3);
  Reflect.defineMetadata("design:paramtypes", [Object, Object, String, input ?? Nothing], prototype, name);
}

/** The body of a change that needs none: any field is unknown. */
export class Nothing {}

const headersOf = ({ kind, path }: Asked): MethodDecorator[] =>
  kind === "query"
    ? [ApiHeader({ name: headerNames.after, required: false, description: "A position that the answer must include" })]
    : [
        ApiHeader({ name: headerNames.key, required: false, description: "A UUID; the same one is answered with the first receipt" }),
        ...(path.includes("{id}")
          ? [ApiHeader({ name: headerNames.revision, required: false, description: "The revision last read; refused with 412 when stale" })]
          : []),
        ApiHeader({ name: headerNames.occurredAt, required: false, description: "When it happened, if not now" }),
      ];

function resolverOf(operations: readonly Operation[]): Type {
  class OperationsResolver {
    constructor(readonly services: ApiServices) {}
  }
  const prototype = OperationsResolver.prototype as unknown as Prototype;
  for (const each of operations)
    if (each.kind === "subscription") followByGraphql(prototype, each);
    else field(prototype, each);
  Inject(ApiServices)(OperationsResolver, undefined as never, 0);
  Resolver()(OperationsResolver);
  return OperationsResolver;
}

function field(prototype: Prototype, operation: Asked): void {
  const { name, kind, input, returns, list, summary } = operation;
  const write = kind === "mutation";
  prototype[name] = async function (this: { services: ApiServices }, ...given: [{ reply: { request: SignedIn } }, ...string[]]) {
    const [{ reply }, id, key, revision, occurredAt, after, body] = given as unknown as [
      { reply: { request: SignedIn } },
      string,
      string,
      string,
      string,
      string,
      object,
    ];
    const envelope = readEnvelope(
      { key: key ?? undefined, revision: revision ?? undefined, occurredAt: occurredAt ?? undefined, after: after ?? undefined },
      argumentNames,
      new Date(),
    );
    const { actor } = reply.request;
    return (await perform(operation, { actor, id: id ?? "", input: body ?? {}, envelope, services: this.services })).body;
  };
  const descriptor = Object.getOwnPropertyDescriptor(prototype, name)!;
  const type = () => (list ? [returns] : returns);
  (write ? Mutation(type, { name, description: summary }) : GraphQLQuery(type, { name, description: summary }))(
    prototype,
    name,
    descriptor,
  );
  Context()(prototype, name, 0);
  const argument = (index: number, told: string, of: () => any, nullable = true) =>
    Args(told, { type: of, nullable })(prototype, name, index);
  if (isAboutOne(operation)) argument(1, "id", () => ID, false);
  if (write) argument(2, argumentNames.key, () => ID);
  if (write && isAboutOne(operation)) argument(3, argumentNames.revision, () => String);
  if (write) argument(4, argumentNames.occurredAt, () => String);
  if (!write) argument(5, argumentNames.after, () => String);
  const hasInput = input !== undefined && rulesOf(input).size > 0;
  if (hasInput) argument(6, write ? "input" : "where", () => input, !write);
  Reflect.defineMetadata("design:paramtypes", [Object, String, String, String, String, String, hasInput ? input : Object], prototype, name);
}
