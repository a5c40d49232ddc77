import type { ReadResp } from "@eventstore/db-client/generated/streams_pb.js";
import type { StoredRecord } from "../semantics/record.js";
import type * as persistent from "@eventstore/db-client/generated/persistent_pb.js";
import { shared, streams } from "./generated.js";

const { ReadResp: Response } = streams;

type Recorded = ReadResp.ReadEvent.RecordedEvent | persistent.ReadResp.ReadEvent.RecordedEvent;

export const recordMessage = (record: StoredRecord): ReadResp.ReadEvent.RecordedEvent =>
  fillRecord(new Response.ReadEvent.RecordedEvent(), record, record.position);

/** `place`: the position that is told, which with groups is that of the link. */
export function fillRecord<M extends Recorded>(message: M, record: StoredRecord, place: bigint): M {
  const position = place.toString();
  message.setId(new shared.UUID().setString(record.id));
  message.setStreamIdentifier(new shared.StreamIdentifier().setStreamName(Buffer.from(record.stream)));
  message.setStreamRevision(record.revision.toString());
  message.setPreparePosition(position);
  message.setCommitPosition(position);
  message.setData(record.data);
  message.setCustomMetadata(record.metadata);
  const metadata = message.getMetadataMap();
  metadata.set("type", record.type);
  metadata.set("created", record.created.toString());
  metadata.set("content-type", record.json ? "application/json" : "application/octet-stream");
  return message;
}

/** An event as read; where links are resolved, `link` is the link and `record` what it points to, or nothing. */
export function eventMessage(record: StoredRecord | null, link?: StoredRecord): ReadResp {
  const event = new Response.ReadEvent();
  if (record) event.setEvent(recordMessage(record));
  if (link) event.setLink(recordMessage(link));
  event.setCommitPosition((link ?? record)!.position.toString());
  return new Response().setEvent(event);
}

export const confirmation = (id: string): ReadResp =>
  new Response().setConfirmation(new Response.SubscriptionConfirmation().setSubscriptionId(id));

export const checkpoint = (position: bigint): ReadResp =>
  new Response().setCheckpoint(new Response.Checkpoint().setCommitPosition(position.toString()).setPreparePosition(position.toString()));

export const caughtUp = (): ReadResp => new Response().setCaughtUp(new Response.CaughtUp());

export const streamNotFound = (name: string): ReadResp => {
  const identifier = new shared.StreamIdentifier().setStreamName(Buffer.from(name));
  return new Response().setStreamNotFound(new Response.StreamNotFound().setStreamIdentifier(identifier));
};
