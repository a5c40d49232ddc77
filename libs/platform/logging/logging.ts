import { type DestinationStream, pino, type Logger } from "pino";

/**
 * What a line of the log may hold: ids, codes, counts and route patterns. Whatever else is handed to the logger is left out,
 * so that a forgotten field cannot carry the name or the place of a survivor into a file that many people read.
 */
const allowed = new Set(
  [
    "requestId reqId correlationId commandId eventId actorId caseId subjectId stream type",
    "method route status code duration context port signal attempt probe",
    "position revision projection view partition policy count lag retryAfter column record",
  ].flatMap((names) => names.split(" ")),
);

type Fields = Record<string, unknown>;
type Child = (this: Logger, bindings: Fields, options?: object) => Logger;

const isPlain = (value: unknown): boolean =>
  typeof value === "number" ||
  typeof value === "boolean" ||
  typeof value === "bigint" ||
  (typeof value === "string" && value.length <= 200);

/** Where it happened and of what kind; no message, because a library's message may quote what a person typed. */
export const describeError = (error: unknown): Fields => {
  if (!(error instanceof Error)) return { kind: typeof error };
  const { code, cause } = error as { code?: unknown; cause?: unknown };
  const frames = (error.stack ?? "").split("\n").filter((line) => /^\s+at /.test(line));
  return {
    kind: error.name === "Error" ? error.constructor.name : error.name,
    ...(typeof code === "string" || typeof code === "number" ? { code } : {}),
    where: frames.slice(0, 12).map((line) => line.trim()),
    ...(cause === undefined ? {} : { cause: describeError(cause) }),
  };
};

const allow = (fields: Fields): Fields => {
  const kept: Fields = {};
  for (const [name, value] of Object.entries(fields)) {
    if (name === "err" || name === "error") kept["error"] = describeError(value);
    else if (name === "req" || name === "res") Object.assign(kept, exchange(value));
    else if (allowed.has(name) && isPlain(value)) kept[name] = typeof value === "bigint" ? String(value) : value;
  }
  return kept;
};

/** A Fastify request or reply, as far as it may be logged: never its address, headers, query or body. */
const exchange = (value: unknown): Fields => {
  const { method, routeOptions, statusCode } = (value ?? {}) as { method?: string; routeOptions?: { url?: string }; statusCode?: number };
  return { method, route: routeOptions?.url, status: statusCode };
};

/** A sentence of ours, or none of a library's that quotes the error or the address asked for. Nothing is put into it afterwards. */
const sentence = (message: unknown, fields: Fields): string | undefined => {
  const error = fields["err"] ?? fields["error"];
  if (error instanceof Error && (message === undefined || message === error.message)) return "Unexpected error";
  return typeof message === "string" ? message.replace(/^Route .* not found$/s, "Route not found") : undefined;
};

/** A logger that writes JSON lines of allowed fields only. Fastify takes it as `loggerInstance`. */
export function createLogger(service: string, level = "info", destination: DestinationStream = pino.destination(1)): Logger {
  const asIs = (value: unknown) => value;
  const logger = pino(
    {
      level,
      base: { service },
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }), log: allow },
      serializers: { err: asIs, req: asIs, res: asIs },
      hooks: {
        logMethod([first, message], method) {
          const fields: Fields = first instanceof Error ? { error: first } : typeof first === "object" ? (first as Fields) : {};
          method.call(this, fields, sentence(typeof first === "string" ? first : message, fields));
        },
      },
    },
    destination,
  );
  // pino's own formatter for bindings is not passed on to children, and Fastify logs every request through one.
  const child = Reflect.get(logger, "child") as unknown as Child;
  const onlyAllowed: Child = function (bindings, options) {
    return child.call(this, allow(bindings), options);
  };
  return Object.assign(logger, { child: onlyAllowed });
}
