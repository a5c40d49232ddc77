import { Continuity, inOrder } from "#store/continuity.js";
import type { EventLog } from "#store/event-log.js";
import type { Delivery } from "#store/follow.js";
import type { Position } from "#store/stored.js";
import type { Portion } from "./partition-worker.js";

/** Takes what a subscription delivers for what it is worth: in order, nothing left out, and no further than the log is known to go. */
export class ContinuousReader {
  #continuity = new Continuity();
  #head = -1n;

  constructor(readonly log: Pick<EventLog, "head" | "lacks">) {}

  /** Begins at a position; null: at the start of the log. Answers it. */
  begin(from: Position | null): Position | null {
    this.#continuity = new Continuity((stream, revision) => this.log.lacks(stream, revision), from);
    return from;
  }

  /** Null: nothing that can be relied on. @throws FactMissing, FactOutOfOrder */
  async take({ facts, foreign, position }: Delivery): Promise<Portion | null> {
    const events = await this.#continuity.check(inOrder(foreign.length > 0 ? [...facts, ...foreign] : facts), position);
    // A server was seen to send checkpoints beyond the end of its log: whoever believed one would pass over what is written there
    // later. Only a head that was known before the checkpoint came can bear it out.
    if (events.length > 0 || position.commit <= this.#head) return { events, position };
    this.#head = (await this.log.head())?.commit ?? this.#head;
    return null;
  }
}
