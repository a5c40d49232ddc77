import { notAllowedOrUnknown, unauthenticated, unavailable } from "#platform/http/problem.js";
import type { LiveRows, RowState } from "#projection/read/live-rows.js";
import type { View } from "#projection/declare/view.js";
import type { Actor } from "#kernel/kernel.js";
import { Latest } from "./latest.js";
import { Slots, type SlotLimits } from "#platform/http/slots.js";

/** A timer that is set to more fires at once, milliseconds. */
export const longestTimer = 2 ** 31 - 1;

/** Who follows which row, until her token ends; `seen`: the position of the last state that she has seen. */
interface Following {
  readonly id: string;
  readonly actor: Pick<Actor, "id">;
  readonly until: Date;
  readonly seen?: bigint | undefined;
}

/** The streams of states that are open, by REST or GraphQL. Each ends when its caller's token does, and all when the process stops. */
export class LiveStreams {
  readonly #open = new Set<Latest<RowState>>();
  readonly #slots: Slots;
  #closed = false;

  constructor(
    private readonly rows: LiveRows,
    limits: SlotLimits,
  ) {
    this.#slots = new Slots(limits);
  }

  get count(): number {
    return this.#open.size;
  }

  /** The states of a row, as they become. @throws 401 where the token has ended, 404 where there is no such row, 429 where too much is open */
  async open(
    view: View<any, any>,
    { id, actor, until, seen }: Following,
    /** As this person may see it. */
    visible: (state: RowState) => RowState = (state) => state,
    /** May she still? Asked before each state is told. */
    isStill: () => Promise<boolean> = async () => true,
  ): Promise<Latest<RowState>> {
    const left = until.getTime() - Date.now();
    if (left <= 0) throw unauthenticated("TokenExpired");
    if (this.#closed) throw unavailable();
    const states = this.#start(left, this.#slots.take(actor.id));
    try {
      const unfollow = await this.rows.follow(view, id, seen, (state) => void tell(states, visible(state), isStill));
      if (!unfollow) throw notAllowedOrUnknown();
      void states.ended.then(unfollow);
      return states;
    } catch (error) {
      states.end();
      throw error;
    }
  }

  #start(left: number, leave: () => void): Latest<RowState> {
    const states = new Latest<RowState>();
    const expiry = setTimeout(() => states.end(unauthenticated("TokenExpired")), Math.min(left, longestTimer));
    this.#open.add(states);
    void states.ended.finally(() => {
      clearTimeout(expiry);
      this.#open.delete(states);
      leave();
    });
    return states;
  }

  /** Tells everybody to come back. */
  close(): void {
    this.#closed = true;
    for (const each of this.#open) each.end(unavailable());
    this.rows.close();
  }
}

/** Nobody is told what she may no longer see, or what cannot be asked about. */
async function tell(states: Latest<RowState>, state: RowState, isStill: () => Promise<boolean>): Promise<void> {
  if (await endUnless(states, isStill)) states.put(state);
}

/** Ends what somebody follows where she may no longer, or where that cannot be asked. Answers whether she may. */
export async function endUnless(states: Latest<RowState>, isStill: () => Promise<boolean>): Promise<boolean> {
  const end = await isStill().then(
    (still) => (still ? undefined : notAllowedOrUnknown()),
    () => unavailable(),
  );
  if (end) states.end(end);
  return !end;
}
