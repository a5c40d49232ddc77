import { Catch, HttpException, type ArgumentsHost, type ExceptionFilter } from "@nestjs/common";
import type { ValidationError } from "class-validator";
import type { FastifyReply, FastifyRequest } from "fastify";
import { Refusal } from "#kernel/kernel.js";
import * as problems from "#platform/http/problem.js";
import type { FieldError, ProblemError } from "#platform/http/problem.js";
import { bounds } from "#platform/values/values.js";
import { StaleRevision } from "#store/change.js";
import type { RecordDestroyed, RecordUnreadable } from "#store/failures.js";
import { aggregateOf } from "#store/stored.js";
import { spoken, spokenBy } from "./spoken.js";

/** Codes of errors that other parts throw, as problems. */
const known: Readonly<Record<string, (error: Error) => ProblemError>> = {
  KeyReused: problems.keyReused,
  TooContended: problems.contended,
  StoreUnavailable: problems.unavailable,
  StoreRefused: problems.unavailable,
  KeyringUnavailable: problems.unavailable,
  SubjectKeyMissing: problems.unavailable,
  SubjectErased: problems.erased,
  AppendTooLarge: problems.tooLarge,
  DocumentStoreUnavailable: problems.unavailable,
  RecordDestroyed: (error) => {
    const { how, place } = error as RecordDestroyed;
    return problems.recordDestroyed(aggregateOf(place.stream), how);
  },
  RecordUnreadable: (error) => problems.recordUnreadable(aggregateOf((error as RecordUnreadable).place.stream)),
  MER_ERR_GQL_VALIDATION: () => problems.malformed("query", "a query that the schema allows"),
  FST_ERR_CTP_BODY_TOO_LARGE: problems.tooLarge,
  FST_ERR_CTP_INVALID_MEDIA_TYPE: problems.unsupportedMediaType,
  FST_ERR_CTP_EMPTY_JSON_BODY: problems.malformedBody,
  FST_ERR_CTP_INVALID_JSON_BODY: problems.malformedBody,
  FST_ERR_BAD_URL: () => problems.malformed("address", "a path that can be decoded"),
  FST_ERR_MAX_PARAM_LENGTH: () => problems.malformed("address", "a path that this api has"),
};

/** Any error as a problem; what is not known is "unexpected", and only its stack goes to the log. */
export function problemOf(error: unknown): ProblemError {
  if (error instanceof problems.ProblemError) return error;
  if (error instanceof Refusal && error.code === "RevisionRequired") return problems.revisionRequired();
  if (error instanceof Refusal && error.code === "NotRelated") return problems.notAllowedOrUnknown();
  if (error instanceof Refusal) return problems.refused(error.code, error.detail);
  if (error instanceof StaleRevision) return problems.stale(Number(error.revision));
  const { code = "" } = error as { code?: string };
  if (known[code]) return known[code](error as Error);
  // Away, out of connections or space, too slow; or a table or column that is not there yet, whose view is still being folded.
  if (/^(ECONN|57|08|53|42P01|42703)/.test(code)) return problems.unavailable();
  if (error instanceof SyntaxError) return problems.malformedBody();
  if (error instanceof HttpException) return fromHttp(error.getStatus());
  const status = (error as { statusCode?: unknown }).statusCode;
  return typeof status === "number" && status < 500 ? fromHttp(status) : problems.unexpected();
}

const fromHttp = (status: number): ProblemError => {
  if (status === 404 || status === 405) return problems.notAllowedOrUnknown();
  if (status === 413) return problems.tooLarge();
  if (status === 415) return problems.unsupportedMediaType();
  if (status === 429) return problems.tooMany(1);
  return status < 500 ? problems.malformedBody() : problems.unexpected();
};

/** What class-validator found, flat, each field by its path; never the value itself, and no more of it than a person corrects at once. */
export function validationProblem(errors: readonly ValidationError[]): ProblemError {
  const found: FieldError[] = [];
  const flatten = (error: ValidationError, path: string): void => {
    const property = error.property.slice(0, longestName);
    const field = path ? `${path}.${property}` : property;
    for (const [code, message] of Object.entries(error.constraints ?? {})) {
      if (found.length === bounds.errors) return;
      found.push({
        field,
        code,
        message: message
          .replace(error.property, property)
          .replaceAll(/\$value/g, "")
          .slice(0, longestMessage),
      });
    }
    for (const child of error.children ?? []) flatten(child, field);
  };
  for (const error of errors) flatten(error, "");
  return problems.invalid(found);
}

/** A client's own name of a field may be anything. */
const longestName = 100;
const longestMessage = 1_000;

/** Every error that leaves by REST. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  catch(error: unknown, host: ArgumentsHost): void {
    // GraphQL has a formatter of its own.
    if (host.getType<string>() === "graphql") throw error;
    const reply = host.switchToHttp().getResponse<FastifyReply>();
    answerProblem(logged(error, reply), error);
  }
}

/** What is not the caller's doing goes to the log, wherever on its way a request has failed. */
export function logged(error: unknown, reply: FastifyReply): FastifyReply {
  const { problem } = problemOf(error);
  if (problem.status >= 500) reply.request.log.error({ code: problem.code, error }, "request failed");
  return reply;
}

/** Answers an error, from wherever it comes, as problem details. */
export function answerProblem(reply: FastifyReply, error: unknown): FastifyReply {
  const { problem, retryAfter } = problemOf(error);
  const language = spokenBy(reply.request.headers);
  const said = spoken(problem, language);
  if (said !== problem) void reply.header("content-language", language).header("vary", alsoBy("accept-language", reply));
  if (isBodyLeft(reply.request.raw)) void reply.header("connection", "close");
  if (retryAfter !== undefined) void reply.header("retry-after", String(retryAfter));
  if (problem.status === 401) void reply.header("www-authenticate", "Bearer");
  return reply
    .status(problem.status)
    .header("content-type", "application/problem+json")
    .send(JSON.stringify({ ...said, requestId: reply.request.id }));
}

/** By which headers of the request an answer differs. */
const alsoBy = (name: string, reply: FastifyReply): string => [reply.getHeader("vary") ?? [], name].flat().join(", ");

/** Bytes of a body that are read and thrown away, so that the connection may be used again. */
const skipped = 65_536;

/** Whoever is answered before her body was read, and has much of it to send, is not listened to any longer. */
const isBodyLeft = ({ complete, headers }: FastifyRequest["raw"]): boolean =>
  !complete && (headers["transfer-encoding"] !== undefined || Number(headers["content-length"] ?? 0) > skipped);
