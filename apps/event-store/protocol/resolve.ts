import type { ReadResp } from "@eventstore/db-client/generated/streams_pb.js";
import { linkTarget } from "../semantics/link.js";
import type { StoredRecord } from "../semantics/record.js";
import type { Reading } from "../storage/reading.js";
import { eventMessage } from "./messages.js";

/** A link's target is looked up when it is read; one that is missing leaves the link alone. */
export async function messageOf(record: StoredRecord, resolveLinks: boolean, reading: Reading): Promise<ReadResp> {
  const target = resolveLinks ? linkTarget(record) : null;
  if (!target) return eventMessage(record);
  const [found] = await reading.stream(target.stream, target.revision, false, 1);
  return eventMessage(found?.revision === target.revision ? found : null, record);
}
