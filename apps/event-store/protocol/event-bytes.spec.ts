import fc from "fast-check";
import { endOfTime } from "../semantics/metadata.js";
import type { StoredRecord } from "../semantics/record.js";
import { eventBytes } from "./event-bytes.js";
import { persistent, shared, streams } from "./generated.js";

type Messages = typeof streams | typeof persistent;

/** The same by the messages that the official client ships. */
function generated(
  { ReadResp }: Messages,
  record: StoredRecord | null,
  link: StoredRecord | null,
  place?: bigint,
  retries?: number,
): Buffer {
  const recorded = (of: StoredRecord) => {
    const position = String(place ?? of.position);
    const message = new ReadResp.ReadEvent.RecordedEvent().setId(new shared.UUID().setString(of.id)).setStreamRevision(String(of.revision));
    message.setStreamIdentifier(new shared.StreamIdentifier().setStreamName(Buffer.from(of.stream)));
    message.setPreparePosition(position).setCommitPosition(position).setData(of.data).setCustomMetadata(of.metadata);
    message.getMetadataMap().set("type", of.type).set("created", String(of.created));
    message.getMetadataMap().set("content-type", of.json ? "application/json" : "application/octet-stream");
    return message as never;
  };
  const event = new ReadResp.ReadEvent().setCommitPosition(String(place ?? (link ?? record)!.position));
  if (record) event.setEvent(recorded(record));
  if (link) event.setLink(recorded(link));
  if (retries !== undefined) (event as InstanceType<typeof persistent.ReadResp.ReadEvent>).setRetryCount(retries);
  return Buffer.from(new ReadResp().setEvent(event as never).serializeBinary());
}

const whole = fc.oneof(
  fc.bigInt({ min: 0n, max: 300n }),
  fc.bigInt({ min: 0n, max: endOfTime }),
  fc.constantFrom(0n, 127n, 128n, endOfTime),
);
const bytes = fc.oneof(fc.nat({ max: 300 }), fc.nat({ max: 70_000 })).map((size) => Buffer.alloc(size, "invented"));
const text = fc.string({ unit: "binary", minLength: 1, maxLength: 80 }).map((each) => each.toWellFormed());
const anEvent: fc.Arbitrary<StoredRecord> = fc.record({
  position: whole,
  revision: whole,
  created: whole,
  stream: text,
  type: text,
  id: fc.uuid(),
  json: fc.boolean(),
  data: bytes,
  metadata: bytes,
});

test("an event is written byte for byte as the official client's own messages write it", () => {
  fc.assert(
    fc.property(anEvent, fc.option(anEvent), (record, link) => {
      expect(eventBytes(record, link).equals(generated(streams, record, link))).toBe(true);
      if (link) expect(eventBytes(null, link).equals(generated(streams, null, link))).toBe(true);
    }),
  );
});

test("so is what a group gives out, with the position of its link, and how often it was given out", () => {
  fc.assert(
    fc.property(anEvent, fc.option(anEvent), fc.nat({ max: 1_000 }), (record, link, retries) => {
      const place = (link ?? record).position;
      expect(eventBytes(record, link, { place, retries }).equals(generated(persistent, record, link, place, retries))).toBe(true);
    }),
  );
});
