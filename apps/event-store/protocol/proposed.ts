import type { AppendReq, BatchAppendReq } from "@eventstore/db-client/generated/streams_pb.js";
import type { Expected, Proposed } from "../semantics/record.js";
import type { UUID } from "@eventstore/db-client/generated/shared_pb.js";
import { accessDenied, badRequest, missingProperty } from "./failure.js";

/** Of an event without anything in it. */
const overhead = 300;

/** Data bytes of one append, at most: metadata does not count. */
export const maximumAppendSize = 1_048_576;

type Message = AppendReq.ProposedMessage | BatchAppendReq.ProposedMessage;

const uuid = /^\{?([0-9a-f]{8})-?([0-9a-f]{4})-?([0-9a-f]{4})-?([0-9a-f]{4})-?([0-9a-f]{12})\}?$/;

/** Reads a proposed event. Throws where its id is no id or its type is empty. */
export function proposedOf(message: Message): Proposed {
  const metadata = message.getMetadataMap() as unknown as Map<string, string>;
  const [type, contentType] = [metadata.get("type"), metadata.get("content-type")];
  if (type === undefined || contentType === undefined) throw missingProperty(type === undefined ? "type" : "content-type");
  // Postgres keeps no NUL in a text.
  if (type === "" || type.includes("\0")) throw badRequest("An event needs a type.");
  return {
    id: idOf(message.getId()),
    type,
    json: contentType === "application/json",
    data: ownBytes(message.getData_asU8()),
    metadata: ownBytes(message.getCustomMetadata_asU8()),
  };
}

/**
 * Bytes of their own. The newest events stay in memory for some time: of Node's pool, or of the message that they came in, each would keep
 * much more than itself.
 */
function ownBytes(bytes: Uint8Array): Buffer {
  const own = Buffer.allocUnsafeSlow(bytes.length);
  own.set(bytes);
  return own;
}

/** Ids are compared, and come back, in lower case with dashes. */
function idOf(message: UUID | undefined): string {
  const parts = uuid.exec(textOf(message).toLowerCase())?.slice(1).join("-");
  if (!parts || /^[0-]+$/.test(parts)) throw badRequest("An event needs an id.");
  return parts;
}

/** An id as it is kept; anything else as it is. */
export const idTextOf = (message: UUID): string => {
  const text = textOf(message).toLowerCase();
  return uuid.exec(text)?.slice(1).join("-") ?? text;
};

function textOf(message: UUID | undefined): string {
  const halves = message?.getStructured();
  if (!halves) return message?.getString() ?? "";
  const bits = [halves.getMostSignificantBits(), halves.getLeastSignificantBits()];
  return bits.map((half) => BigInt.asUintN(64, BigInt(half)).toString(16).padStart(16, "0")).join("");
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

/** What an event takes up in memory until it is stored, bytes. */
export const weightOf = ({ data, metadata, type }: Proposed): number => data.length + metadata.length + type.length + overhead;

export const sizeOf = (events: readonly Proposed[]): number => events.reduce((sum, { data }) => sum + data.length, 0);

/** The name of a stream to write to, which the whole log is not. */
export function writableNameOf(identifier: { getStreamName_asU8(): Uint8Array } | undefined): string {
  const name = nameOf(identifier);
  if (name === "$all") throw accessDenied();
  return name;
}

/** Names are any text but the empty one. */
export function nameOf(identifier: { getStreamName_asU8(): Uint8Array } | undefined): string {
  const name = Buffer.from(identifier?.getStreamName_asU8() ?? []).toString("utf8");
  if (name === "" || name === "$$") throw badRequest("A stream needs a name.");
  return name;
}
