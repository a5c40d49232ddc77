import { linkOf } from "../semantics/link.js";
import type { StoredRecord } from "../semantics/record.js";
import { targetOf } from "../link-target.js";
import type { Reading } from "../storage/reading.js";
import type { MayRead } from "./access.js";
import { eventBytes } from "./event-bytes.js";

/** A link's target is looked up when it is read; one that cannot be read, or not by this reader, leaves the link alone. */
export function messageOf(record: StoredRecord, resolveLinks: boolean, reading: Reading, mayRead: MayRead): Buffer | Promise<Buffer> {
  const link = resolveLinks ? linkOf(record) : null;
  if (!link) return eventBytes(record, null);
  if (!link.target) return eventBytes(null, record);
  return targetOf(link.target, reading, mayRead).then((found) => eventBytes(found, record));
}
