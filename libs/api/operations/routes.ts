import { Body, Controller, Get, HttpCode, Inject, Param, Post, Query, Req, Res, type Type } from "@nestjs/common";
import { Args, Context, ID, Info, Int, Mutation, Query as GraphQLQuery, Resolver } from "@nestjs/graphql";
import {
  ApiBearerAuth,
  ApiBody,
  ApiOkResponse,
  ApiOperation,
  ApiParam,
  ApiQuery,
  ApiCreatedResponse,
  ApiTags,
  ApiExtraModels,
} from "@nestjs/swagger";
import { RouteConfig } from "@nestjs/platform-fastify";
import type { GraphQLResolveInfo } from "graphql";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { answered, permitted } from "./incoming.js";
import { followByGraphql, followByRest } from "../live/live-routes.js";
import { downloadByRest, uploadByRest } from "../files/file-routes.js";
import { isAboutOne, isInGraphql, type Answered, type Operation } from "./operation.js";
import { bodyOf, envelopeIn, headerNames, headersOf, problemsTold } from "./route-parts.js";
import { includedIn, includeParameter, withIncluded } from "./include.js";
import { asksNothing, describeRequest, rulesOf } from "./schema.js";
import { selectedOf } from "../graphql/selected.js";
import { ApiServices, given, type GivenServices } from "./services.js";
import type { Standing } from "#access/decide.js";
import type { Caller } from "#platform/sign-in/token.js";

/** A request after sign-in. */
export type SignedIn = FastifyRequest & Caller & RequestDecision;

interface RequestDecision {
  /** The operation that was permitted when the request's head had been read, and how the caller stands to its record. */
  permitted?: { readonly operation: Operation; readonly standing: Standing };
  /** By GraphQL, where the status does not tell: something was refused for the request's own faults. */
  refused?: boolean;
}

declare module "fastify" {
  interface FastifyContextConfig {
    operation?: Operation;
  }
}

/** Decides as soon as the head of a request is read: whoever may not do it makes nobody read its body. */
export function permitBeforeBody(server: FastifyInstance, services: () => ApiServices): void {
  server.addHook("preParsing", async (request) => {
    const { operation } = request.routeOptions.config;
    if (!operation) return;
    const { actor, params } = request as SignedIn;
    const standing = await permitted(operation, { actor, id: (params as { id?: string }).id ?? "", services: services() });
    (request as SignedIn).permitted = { operation, standing };
  });
}

type Prototype = Record<string, (...inputs: any[]) => Promise<unknown>>;

const argumentNames = {
  key: "key",
  revision: "revision",
  occurredAt: "occurredAt",
  lateReason: "lateReason",
  draft: "draft",
  after: "consistentAfter",
};

/** Operations as Nest controllers and resolvers, made at start. */
export function routesOf(operations: readonly Operation[]): { controllers: Type[]; resolvers: Type[] } {
  for (const each of operations) if (each.kind !== "subscription" && each.input) describeRequest(each.input);
  return { controllers: [controllerOf(operations)], resolvers: [resolverOf(operations)] };
}

function controllerOf(operations: readonly Operation[]): Type {
  class OperationsController implements GivenServices {
    readonly [given]: ApiServices;
    constructor(services: ApiServices) {
      this[given] = services;
    }
  }
  const prototype = OperationsController.prototype as unknown as Prototype;
  for (const each of operations)
    if (each.kind === "subscription") followByRest(prototype, each);
    else if (each.kind === "upload") uploadByRest(prototype, each);
    else if (each.kind === "download") downloadByRest(prototype, each);
    else route(prototype, each);
  Inject(ApiServices)(OperationsController, undefined as never, 0);
  ApiBearerAuth()(OperationsController);
  Controller("v1")(OperationsController);
  return OperationsController;
}

function route(prototype: Prototype, operation: Answered): void {
  const { name, kind, input } = operation;
  prototype[name] = handlerOf(operation);
  const descriptor = Object.getOwnPropertyDescriptor(prototype, name)!;
  for (const each of routeDecorators(operation)) each(prototype, name, descriptor);
  Req()(prototype, name, 0);
  Res({ passthrough: true })(prototype, name, 1);
  Param("id")(prototype, name, 2);
  (kind === "mutation" ? Body() : Query())(prototype, name, 3);
  Reflect.defineMetadata("design:paramtypes", [Object, Object, String, input ?? Object], prototype, name);
}

function handlerOf(operation: Answered): Prototype[string] {
  return async function (this: GivenServices, ...[request, reply, id, body]: [SignedIn, FastifyReply, string, object]) {
    const envelopeFields = envelopeIn(request);
    const { input, included } = includedIn(operation, body);
    const asking = {
      actor: request.actor,
      id,
      services: this[given],
      input,
      envelopeFields,
      names: headerNames,
      permitted: request.permitted?.operation === operation ? request.permitted.standing : undefined,
    };
    const answer = await answered(operation, asking, (call) => withIncluded(operation, call, included));
    return bodyOf(answer, reply);
  } as Prototype[string];
}

function routeDecorators(operation: Answered): MethodDecorator[] {
  const { name, kind, path, input, returns, list, summary, tag, created } = operation;
  const write = kind === "mutation";
  const ok = { type: returns, isArray: list ?? false };
  return [
    write ? Post(path.replace("{id}", ":id")) : Get(path.replace("{id}", ":id")),
    RouteConfig({ operation }),
    HttpCode(created ? 201 : 200),
    ApiOperation({ operationId: name, summary }),
    ApiTags(tag),
    ApiExtraModels(returns),
    created ? ApiCreatedResponse(ok) : ApiOkResponse(ok),
    ...(isAboutOne(operation) ? [ApiParam({ name: "id", schema: { type: "string", format: "uuid" } })] : []),
    ...(write && input ? [ApiBody({ type: input, required: !asksNothing(input) })] : []),
    ...(!write && input ? [ApiQuery({ type: input })] : []),
    ...includeParameter(operation),
    ...problemsTold(operation),
    ...headersOf(operation),
  ];
}

function resolverOf(operations: readonly Operation[]): Type {
  class OperationsResolver implements GivenServices {
    readonly [given]: ApiServices;
    constructor(services: ApiServices) {
      this[given] = services;
    }
  }
  const prototype = OperationsResolver.prototype as unknown as Prototype;
  for (const each of operations.filter(isInGraphql))
    if (each.kind === "subscription") followByGraphql(prototype, each);
    else field(prototype, each);
  Inject(ApiServices)(OperationsResolver, undefined as never, 0);
  Resolver()(OperationsResolver);
  return OperationsResolver;
}

/** GraphQL tells in words with which codes a change may be refused. */
const describedBy = ({ summary, problems = {} }: Answered): string =>
  problems[409] ? `${summary}. Refused with ${problems[409].join(", ")}` : summary;

function field(prototype: Prototype, operation: Answered): void {
  const { name, kind, returns, list } = operation;
  prototype[name] = resolverFor(operation);
  const descriptor = Object.getOwnPropertyDescriptor(prototype, name)!;
  const type = () => (list ? [returns] : returns);
  const decorator = (kind === "mutation" ? Mutation : GraphQLQuery)(type, { name, description: describedBy(operation), nullable: true });
  decorator(prototype, name, descriptor);
  declareArguments(prototype, operation);
}

function resolverFor(operation: Answered): Prototype[string] {
  return async function (this: GivenServices, ...sent: [{ reply: { request: SignedIn } }, ...string[]]) {
    const [{ reply }, id, key, revision, occurredAt, after, body, lateReason, info, draft] = sent as unknown as [
      { reply: { request: SignedIn } },
      string,
      string,
      number | undefined,
      string,
      string,
      object,
      string,
      GraphQLResolveInfo,
      string,
    ];
    const envelopeFields = {
      key: key ?? undefined,
      revision: revision?.toString(),
      occurredAt: occurredAt ?? undefined,
      lateReason: lateReason ?? undefined,
      draft: draft ?? undefined,
      after: after ?? undefined,
    };
    const { actor } = reply.request;
    const asking = {
      actor,
      id: id ?? "",
      services: this[given],
      input: body,
      envelopeFields,
      names: argumentNames,
      selected: selectedOf(info),
    };
    return (await answered(operation, asking, (call) => operation.run(call))).body;
  } as Prototype[string];
}

function declareArguments(prototype: Prototype, operation: Answered): void {
  const { name, kind, input } = operation;
  const write = kind === "mutation";
  Context()(prototype, name, 0);
  Info()(prototype, name, 8);
  const argument = (index: number, argumentName: string, of: () => any, nullable = true) =>
    Args(argumentName, { type: of, nullable })(prototype, name, index);
  if (isAboutOne(operation)) argument(1, "id", () => ID, false);
  if (write) argument(2, argumentNames.key, () => ID);
  if (write && isAboutOne(operation)) argument(3, argumentNames.revision, () => Int);
  if (write) argument(4, argumentNames.occurredAt, () => String);
  if (write) argument(7, argumentNames.lateReason, () => String);
  if (write) argument(9, argumentNames.draft, () => String);
  if (!write) argument(5, argumentNames.after, () => String);
  const hasInput = input !== undefined && rulesOf(input).size > 0;
  if (hasInput) argument(6, write ? "input" : "where", () => input, !write || asksNothing(input));
  Reflect.defineMetadata(
    "design:paramtypes",
    [Object, String, String, String, String, String, hasInput ? input : Object, String, Object, String],
    prototype,
    name,
  );
}
