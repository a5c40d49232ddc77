import { Get, HttpCode, Param, Post, Req, Res } from "@nestjs/common";
import { RouteConfig } from "@nestjs/platform-fastify";
import { ApiBody, ApiConsumes, ApiExtraModels, ApiOkResponse, ApiOperation, ApiParam, ApiTags, getSchemaPath } from "@nestjs/swagger";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { Readable } from "node:stream";
import type { Standing } from "#access/decide.js";
import { unsupportedForm, unsupportedMediaType } from "#platform/http/problem.js";
import type { Caller } from "#platform/sign-in/token.js";
import { answered } from "../operations/incoming.js";
import type { Downloaded, Operation, Uploaded } from "../operations/operation.js";
import { bodyOf, envelopeIn, headerNames, headersOf, problemsTold } from "../operations/route-parts.js";
import { given, type GivenServices } from "../operations/services.js";
import { readForm } from "./form.js";

type Prototype = Record<string, (...inputs: any[]) => Promise<unknown>>;
type FileRequest = FastifyRequest & Caller & { readonly permitted?: { readonly operation: Operation; readonly standing: Standing } };

const formType = "multipart/form-data";

/** Files come as a form, which is handed on as it arrives; nothing else takes one. */
export function takeForms(server: FastifyInstance): void {
  server.addContentTypeParser(formType, (request, body, done) => {
    const isTaken = request.routeOptions.config.operation?.kind === "upload";
    done(isTaken ? null : unsupportedMediaType(), body);
  });
}

const asking = (services: GivenServices, operation: Operation, request: FileRequest, id: string) => ({
  actor: request.actor,
  id,
  services: services[given],
  envelopeFields: envelopeIn(request),
  names: headerNames,
  permitted: request.permitted?.operation === operation ? request.permitted.standing : undefined,
});

/** `POST /v1/.../{id}/...`, a form. */
export function uploadByRest(prototype: Prototype, operation: Uploaded): void {
  const { name, path, summary, tag, returns, input } = operation;
  prototype[name] = async function (this: GivenServices, ...[request, reply, id]: [FileRequest, FastifyReply, string]) {
    const { body } = request;
    if (!(body instanceof Readable)) throw unsupportedForm();
    const { fields, file } = await readForm(request.headers, body);
    try {
      const answer = await answered(operation, { ...asking(this, operation, request, id), input: fields }, (call) =>
        operation.take(call, file),
      );
      return bodyOf(answer, reply);
    } finally {
      // Whoever is answered before the end of the file is not listened to any longer.
      body.unpipe();
    }
  };
  const file = { type: "object", required: ["file"], properties: { file: { type: "string", format: "binary" } } };
  const decorators = [
    Post(path.replace("{id}", ":id")),
    HttpCode(200),
    RouteConfig({ operation }),
    ApiOperation({ operationId: name, summary }),
    ApiTags(tag),
    ApiExtraModels(returns, input),
    ApiOkResponse({ type: returns }),
    ApiParam({ name: "id", schema: { type: "string", format: "uuid" } }),
    ApiConsumes(formType),
    ApiBody({ schema: { allOf: [{ $ref: getSchemaPath(input) }, file] } as never }),
    ...problemsTold(operation),
    ...headersOf(operation),
  ];
  decorate(prototype, name, decorators, [Req(), Res({ passthrough: true }), Param("id")]);
}

/** No browser shows it, guesses at what it is, or keeps it. */
const closed = { "cache-control": "no-store", "x-content-type-options": "nosniff", "content-security-policy": "sandbox" };

/** `GET /v1/.../{id}/.../{...}`: the bytes. Where they turn out to be damaged on their way, the connection breaks off before the end. */
export function downloadByRest(prototype: Prototype, operation: Downloaded): void {
  const { name, path, summary, tag } = operation;
  const named = [...path.matchAll(/\{(\w+)\}/g)].map(([, each]) => each!);
  prototype[name] = async function (this: GivenServices, ...[request, reply, params]: [FileRequest, FastifyReply, Record<string, string>]) {
    const { id = "", ...input } = params;
    const content = await answered(operation, { ...asking(this, operation, request, id), input }, (call) => operation.send(call));
    const headers = {
      ...closed,
      "content-type": content.mediaType,
      "content-length": String(content.length),
      "content-disposition": `attachment; filename="${content.name}"`,
    };
    return reply.headers(headers).send(Readable.from(content.bytes, { objectMode: false }));
  };
  const bytes = { schema: { type: "string", format: "binary" } as never };
  const decorators = [
    Get(path.replaceAll(/\{(\w+)\}/g, ":$1")),
    RouteConfig({ operation }),
    ApiOperation({ operationId: name, summary }),
    ApiTags(tag),
    ApiOkResponse({ description: "The bytes, to be saved", content: { "application/octet-stream": bytes } }),
    ...named.map((each) => ApiParam({ name: each, schema: { type: "string", format: "uuid" } })),
    ...problemsTold(operation),
  ];
  decorate(prototype, name, decorators, [Req(), Res(), Param()]);
}

function decorate(
  prototype: Prototype,
  name: string,
  decorators: readonly MethodDecorator[],
  parameters: readonly ParameterDecorator[],
): void {
  const descriptor = Object.getOwnPropertyDescriptor(prototype, name)!;
  for (const each of decorators) each(prototype, name, descriptor);
  for (const [index, each] of parameters.entries()) each(prototype, name, index);
  Reflect.defineMetadata("design:paramtypes", [Object, Object, Object], prototype, name);
}
