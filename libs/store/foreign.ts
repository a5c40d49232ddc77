import { RecordDestroyed, RecordUnreadable } from "./failures.js";
import type { Foreign } from "./stored.js";

/** Type of what the store itself puts behind a stream that was tombstoned, at the last revision there can be. */
export const tombstone = "$streamDeleted";
/** Type of what stands for revisions that the stream itself has lost. No store holds it: it is told where the loss is noticed. */
export const lostRevisions = "$streamTruncated";

/** Why an event that is no fact tells nothing. */
export function whyUnreadable(foreign: Foreign): RecordDestroyed | RecordUnreadable {
  if (foreign.type === tombstone) return new RecordDestroyed("tombstoned", foreign);
  if (foreign.type === lostRevisions) return new RecordDestroyed("truncated", foreign);
  return new RecordUnreadable(foreign.type, foreign);
}
