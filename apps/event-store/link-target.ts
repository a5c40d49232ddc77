import { lastOfStream, type Target } from "./semantics/link.js";
import { endOfTime } from "./semantics/metadata.js";
import type { StoredRecord } from "./semantics/record.js";
import { isReadable, isVisible } from "./semantics/stream.js";
import type { Reading } from "./storage/reading.js";

/** What a link points to, looked up now; null where it cannot be read (any more, or yet), or not by whoever asks. */
export async function targetOf(
  { stream, revision }: Target,
  reading: Reading,
  mayRead: (stream: string) => Promise<boolean> = async () => true,
): Promise<StoredRecord | null> {
  if (revision < lastOfStream || revision > endOfTime || !(await mayRead(stream))) return null;
  const state = await reading.state(stream);
  if (state.tombstoned || !isReadable(state)) return null;
  const wanted = revision === lastOfStream ? state.last : revision;
  const [found] = await reading.stream(state, wanted, false, 1);
  return found?.revision === wanted && isVisible(state, found, Date.now()) ? found : null;
}
