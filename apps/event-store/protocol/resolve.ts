import { linkTarget } from "../semantics/link.js";
import type { StoredRecord } from "../semantics/record.js";
import { targetOf } from "../link-target.js";
import type { Reading } from "../storage/reading.js";
import type { MayRead } from "./access.js";
import { eventMessage } from "./messages.js";

/** Written for the first reader, and sent to all who are shown the same record. */
const written = new WeakMap<StoredRecord, Buffer>();

function plain(record: StoredRecord): Buffer {
  const known = written.get(record);
  if (known) return known;
  const bytes = Buffer.from(eventMessage(record).serializeBinary());
  written.set(record, bytes);
  return bytes;
}

/** A link's target is looked up when it is read; one that cannot be read, or not by this reader, leaves the link alone. */
export function messageOf(record: StoredRecord, resolveLinks: boolean, reading: Reading, mayRead: MayRead): Buffer | Promise<Buffer> {
  const target = resolveLinks ? linkTarget(record) : null;
  if (!target) return plain(record);
  return targetOf(target, reading, mayRead).then((found) => Buffer.from(eventMessage(found, record).serializeBinary()));
}
