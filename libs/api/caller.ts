import type { Actor } from "#kernel/kernel.js";

/** Who has signed in, and until when. */
export interface Caller {
  readonly actor: Actor;
  readonly until: Date;
}
