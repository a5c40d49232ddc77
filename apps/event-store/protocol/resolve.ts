import type { ReadResp } from "@eventstore/db-client/generated/streams_pb.js";
import { linkTarget } from "../semantics/link.js";
import type { StoredRecord } from "../semantics/record.js";
import { isReadable, isVisible } from "../semantics/stream.js";
import type { Reading } from "../storage/reading.js";
import { eventMessage } from "./messages.js";

/** A link's target is looked up when it is read; one that cannot be read leaves the link alone. */
export function messageOf(record: StoredRecord, resolveLinks: boolean, reading: Reading): ReadResp | Promise<ReadResp> {
  const target = resolveLinks ? linkTarget(record) : null;
  if (!target) return eventMessage(record);
  return targetOf(target, reading).then((found) => eventMessage(found, record));
}

async function targetOf({ stream, revision }: { stream: string; revision: bigint }, reading: Reading): Promise<StoredRecord | null> {
  const state = await reading.state(stream);
  if (state.tombstoned || !isReadable(state)) return null;
  const [found] = await reading.stream(state, revision, false, 1);
  return found?.revision === revision && isVisible(state, found, Date.now()) ? found : null;
}
