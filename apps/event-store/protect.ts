import { randomUUID } from "node:crypto";
import { isDeepStrictEqual } from "node:util";
import { protecting, protectionOf, type Json } from "#store/protection.js";
import type { Reading } from "./storage/reading.js";
import type { Writer } from "./writer.js";

/** Lets the application's account alone write to streams, as `#store/protection` says; writes nothing where it is so already. */
export async function protect(reading: Reading, writer: Writer, application: string): Promise<void> {
  const last: Record<string, Json | undefined> = {};
  for (const stream of protecting) last[stream] = await lastBody(reading, stream);
  for (const { stream, type, body } of protectionOf(application, last)) {
    if (isDeepStrictEqual(body, last[stream])) continue;
    const event = { id: randomUUID(), type, json: true, data: Buffer.from(JSON.stringify(body)), metadata: Buffer.alloc(0) };
    await writer.write({ kind: "append", stream, expected: "any", events: [event] });
  }
}

async function lastBody(reading: Reading, stream: string): Promise<Json | undefined> {
  const text = await reading.rule(stream);
  try {
    return text ? (JSON.parse(text.toString()) as Json) : undefined;
  } catch {
    return undefined;
  }
}
