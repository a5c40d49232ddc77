import type { Writable } from "node:stream";

/** Watches over what is sent to a client: where something waits and the client takes nothing for so many seconds, `end` is called. */
export class Stuck {
  #timer: NodeJS.Timeout | undefined;

  constructor(
    call: Pick<Writable, "on">,
    readonly seconds: number,
    readonly end: () => void,
  ) {
    for (const event of ["drain", "close", "cancelled", "error"]) call.on(event, () => this.moves());
  }

  /** Something waits for the client. */
  waits(): void {
    this.#timer ??= setTimeout(this.end, this.seconds * 1_000).unref();
  }

  /** The client has taken it, or has gone. */
  moves(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }
}
