import { context, isSpanContextValid, propagation, ROOT_CONTEXT, SpanStatusCode, trace, TraceFlags } from "@opentelemetry/api";
import type { Attributes, Context, Link, Span } from "@opentelemetry/api";

/**
 * What is traced: names of programs' parts, counts and codes. A trace leaves the house; no id, stream or value may stand in it. Nothing is
 * traced, at no cost, until `startTelemetry`.
 */
const tracer = () => trace.getTracer("hifadhi");

/** How many of the facts of a batch a trace points back to. */
const mostLinks = 32;

/** Does `work` as a part of what is being traced. */
export async function traced<Answer>(
  name: string,
  { attributes = {}, links = [] }: { attributes?: Attributes; links?: readonly (string | undefined)[] },
  work: () => Promise<Answer>,
): Promise<Answer> {
  const options = { attributes, links: linksTo(links) };
  return tracer().startActiveSpan(name, options, async (span) => {
    try {
      return await work();
    } catch (error) {
      failed(span, error as Error);
      throw error;
    } finally {
      span.end();
    }
  });
}

/** A message may quote what was sent: only the code of an error, or its name, is told. */
export function failed(span: Span, error: Error & { readonly code?: unknown }): void {
  span.setAttribute("error.type", typeof error.code === "string" ? error.code : error.name);
  span.setStatus({ code: SpanStatusCode.ERROR });
}

/** A request as a whole; ended by the caller. `headers` may hold the trace of whoever asks. */
export function startRequest(headers: object): { span: Span; within: Context } {
  const from = propagation.extract(ROOT_CONTEXT, headers);
  const span = tracer().startSpan("request", {}, from);
  return { span, within: trace.setSpan(from, span) };
}

/** The W3C trace context of what is being done, where it is traced and kept: 55 characters, random. */
export function traceparent(): string | undefined {
  const span = trace.getSpanContext(context.active());
  if (!span || !isSpanContextValid(span) || (span.traceFlags & TraceFlags.SAMPLED) === 0) return undefined;
  return `00-${span.traceId}-${span.spanId}-01`;
}

function linksTo(parents: readonly (string | undefined)[]): Link[] {
  const links: Link[] = [];
  for (const parent of new Set(parents)) {
    const [, traceId, spanId] = /^00-([0-9a-f]{32})-([0-9a-f]{16})-01$/.exec(parent ?? "") ?? [];
    if (traceId && spanId) links.push({ context: { traceId, spanId, traceFlags: TraceFlags.SAMPLED, isRemote: true } });
    if (links.length === mostLinks) break;
  }
  return links;
}
