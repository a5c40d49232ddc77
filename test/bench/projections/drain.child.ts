import { EventLog } from "#store/event-log.js";
import type { Position } from "#store/stored.js";

/** Reads the whole log, and does nothing with it. */
const log = new EventLog(process.env["EVENTSTORE_URL"]!);
let facts = 0;
const begun = performance.now();
for (let position: Position | null = null; ;) {
  const window = await log.readWindow(position, 5_000);
  facts += window.facts.length;
  position = window.position;
  if (window.isLast) break;
}
process.send!({ facts, seconds: (performance.now() - begun) / 1_000 });
await log.close();
process.exit(0);
