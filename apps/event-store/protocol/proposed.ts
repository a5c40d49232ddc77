import type { AppendReq, BatchAppendReq } from "@eventstore/db-client/generated/streams_pb.js";
import type { Expected, Proposed } from "../semantics/record.js";
import { badRequest } from "./failure.js";

/** Data bytes of one append, at most: metadata does not count. */
export const maximumAppendSize = 1_048_576;

type Message = AppendReq.ProposedMessage | BatchAppendReq.ProposedMessage;

const uuid = /^[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}$/;

/** Reads a proposed event. Throws where its id is no id or its type is empty. */
export function proposedOf(message: Message): Proposed {
  const id = (message.getId()?.getString() ?? "").toLowerCase().replaceAll(/[{}]/g, "");
  const metadata = message.getMetadataMap() as unknown as Map<string, string>;
  const type = metadata.get("type") ?? "";
  if (!uuid.test(id) || /^[0-]+$/.test(id) || type === "") throw badRequest("An event needs an id and a type.");
  const json = metadata.get("content-type") === "application/json";
  return { id, type, json, data: Buffer.from(message.getData_asU8()), metadata: Buffer.from(message.getCustomMetadata_asU8()) };
}

interface ExpectedOptions {
  hasAny(): boolean;
  hasNoStream(): boolean;
  hasStreamExists(): boolean;
}

export function expectedOf(options: ExpectedOptions, revision: string): Expected {
  if (options.hasAny()) return "any";
  if (options.hasNoStream()) return "no-stream";
  if (options.hasStreamExists()) return "stream-exists";
  const exact = BigInt(revision);
  if (exact === 2n ** 64n - 1n) return "no-stream";
  if (exact >= 2n ** 63n) throw badRequest("No stream can be at that revision.");
  return exact;
}

export const sizeOf = (events: readonly Proposed[]): number => events.reduce((sum, { data }) => sum + data.length, 0);

/** Names are any text but the empty one. */
export function nameOf(identifier: { getStreamName_asU8(): Uint8Array } | undefined): string {
  const name = Buffer.from(identifier?.getStreamName_asU8() ?? []).toString("utf8");
  if (name === "" || name === "$$") throw badRequest("A stream needs a name.");
  return name;
}
