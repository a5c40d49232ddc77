import { ApiHeader, ApiResponse } from "@nestjs/swagger";
import type { FastifyReply, FastifyRequest } from "fastify";
import { lateReasons } from "../changes/late-entry.js";
import type { EnvelopeFields } from "./envelope.js";
import { isAboutOne, isChange, type Answer, type Answered, type Downloaded, type Uploaded } from "./operation.js";
import { problemCodesOf } from "./problem-codes.js";

// What routes have in common, whether JSON or files go to and fro.

export const headerNames = {
  key: "Idempotency-Key",
  revision: "If-Match",
  occurredAt: "Occurred-At",
  lateReason: "Late-Reason",
  draft: "Draft",
  after: "Consistent-After",
};
/** The envelope, as the headers of a request tell it. */
export function envelopeIn(request: FastifyRequest): EnvelopeFields {
  const header = (each: string) => request.headers[each.toLowerCase()] as string | undefined;
  return {
    key: header(headerNames.key),
    revision: header(headerNames.revision),
    occurredAt: header(headerNames.occurredAt),
    lateReason: header(headerNames.lateReason),
    draft: header(headerNames.draft),
    after: header(headerNames.after),
  };
}

/** The body of an answer; its headers are told to the reply. */
export function bodyOf(answer: Answer, reply: FastifyReply): Answer["body"] {
  if (answer.revision !== undefined) void reply.header("etag", `"${answer.revision}"`);
  if (answer.position !== undefined) void reply.header("consistent-after", answer.position.toString());
  if (answer.location) void reply.header("location", answer.location);
  return answer.body;
}

/** Each status with the codes that come with it, so that tools can name them. */
export const problemsTold = (operation: Answered | Uploaded | Downloaded): MethodDecorator[] =>
  [...problemCodesOf(operation)].map(([status, codes]) => {
    const code = { type: "object", properties: { code: { type: "string", enum: [...codes] } }, additionalProperties: true };
    const schema = { allOf: [{ $ref: "#/components/schemas/Problem" }, code] };
    return ApiResponse({ status, description: codes.join(", "), content: { "application/problem+json": { schema: schema as never } } });
  });

export const headersOf = (operation: Answered | Uploaded): MethodDecorator[] =>
  !isChange(operation)
    ? [ApiHeader({ name: headerNames.after, required: false, description: "A position that the answer must include" })]
    : [
        ApiHeader({ name: headerNames.key, required: false, description: "A UUID; the same one is answered with the first receipt" }),
        ...(isAboutOne(operation)
          ? [ApiHeader({ name: headerNames.revision, required: false, description: "The revision last read; refused with 412 when stale" })]
          : []),
        ApiHeader({ name: headerNames.occurredAt, required: false, description: "When it happened, if not now" }),
        ApiHeader({
          name: headerNames.lateReason,
          required: false,
          description: "Why it is told later than the window for late entries; for supervisors",
          schema: { type: "string", enum: [...lateReasons] },
        }),
        ...(operation.kind === "mutation"
          ? [
              ApiHeader({
                name: headerNames.draft,
                required: false,
                description: "The `reference` of the draft that is sent: then it is gone",
              }),
            ]
          : []),
      ];
