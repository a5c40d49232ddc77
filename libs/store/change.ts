import { Command } from "@nestjs/cqrs";
import type { Actor, Aggregate, Fact, Instant, Rule, Times } from "#kernel/kernel.js";
import type { Imported, Position, Source } from "./stored.js";

/** What became of a change: where the stream stands now. */
export interface ChangeReceipt {
  readonly id: string;
  readonly revision: bigint;
  /** Give it back as `Consistent-After` to a query that must see this change. Null: nothing has ever happened here. */
  readonly position: Position | null;
}

/** Another aggregate that a rule must see: its state joins the rule's own under a name. It is read, never changed. */
export interface AlsoNeeded {
  readonly of: Aggregate<any, any>;
  readonly id: string;
  /** From the other aggregate's whole state to what the rule asks for. */
  readonly as: (state: any, asked: Times & { readonly id: string }) => unknown;
  /** Where there is none, the rule is told what is so of one that has not begun. */
  readonly optional?: boolean;
  /** Not its state, but its entries. */
  readonly entries?: boolean;
}

export interface ChangeOptions {
  /** The idempotency key: the same one is answered with the first receipt. */
  readonly commandId: string;
  /** Whoever asks may send it again: the key is kept also where nothing follows, because everything was already so. */
  readonly keyed?: boolean;
  /** Refused as stale where the stream stands elsewhere; -1n: must not exist yet. */
  readonly expectedRevision?: bigint | undefined;
  /** When it happened; now, if not said. */
  readonly occurredAt?: Instant | undefined;
  /** Why it is told so late: a code. */
  readonly lateReason?: string | undefined;
  /** Where it is brought in as history (source `import`): by whom, in which import. It is decided as of its own time, which must be said. */
  readonly imported?: Imported | undefined;
  /** The rule asks nothing of what stands in the stream, and every time counts, such as who was shown something: it is not read, but its end. */
  readonly unread?: boolean;
  readonly source?: Source;
  readonly purpose?: string;
  readonly causationId?: string;
  readonly correlationId?: string;
  readonly also?: Readonly<Record<string, AlsoNeeded>>;
  /** Whose personal data the request holds, told by the state after it; left out: the request holds none. */
  readonly subject?: (state: any) => string;
}

/** The one command: apply this rule to this stream, on behalf of this person. */
export class Change extends Command<ChangeReceipt> {
  constructor(
    readonly of: Aggregate<any, any>,
    readonly id: string,
    readonly rule: Rule<any, any, Fact>,
    readonly request: object,
    readonly actor: Actor,
    readonly options: ChangeOptions,
  ) {
    super();
  }
}

/** The stream is not at the revision the caller has seen. `revision` is where it stands. */
export class StaleRevision extends Error {
  readonly code = "StaleRevision";
  constructor(readonly revision: bigint) {
    super("the record has changed since it was read");
  }
}

/** The same idempotency key came with another request. */
export class KeyReused extends Error {
  readonly code = "KeyReused";
}

/** Too many others were changing the same record; nothing was stored, and the same request may be sent again. */
export class TooContended extends Error {
  readonly code = "TooContended";
}
