import type { ReadResp } from "@eventstore/db-client/generated/streams_pb.js";
import { linkTarget } from "../semantics/link.js";
import type { StoredRecord } from "../semantics/record.js";
import { targetOf } from "../link-target.js";
import type { Reading } from "../storage/reading.js";
import { eventMessage } from "./messages.js";

/** A link's target is looked up when it is read; one that cannot be read leaves the link alone. */
export function messageOf(record: StoredRecord, resolveLinks: boolean, reading: Reading): ReadResp | Promise<ReadResp> {
  const target = resolveLinks ? linkTarget(record) : null;
  if (!target) return eventMessage(record);
  return targetOf(target, reading).then((found) => eventMessage(found, record));
}
