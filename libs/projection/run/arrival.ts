import { UnknownFact, type Aggregate, type Fact } from "#kernel/kernel.js";
import { RecordDestroyed, RecordUnreadable } from "#store/failures.js";
import { whyUnreadable } from "#store/foreign.js";
import { isFact } from "#store/recorded.js";
import { locate } from "#store/states.js";
import { idOf, type Located, type StoredEvent } from "#store/stored.js";

/** An event on its way to whoever follows its aggregate. It is brought into today's form once, when the first of them asks, and for all. */
export class Arrival {
  #today: Located<Fact> | undefined;

  constructor(
    readonly of: Aggregate<any, any>,
    readonly stored: StoredEvent,
  ) {}

  /** In today's form. @throws UnknownFact, RecordUnreadable, RecordDestroyed: nobody can read it, whoever asks */
  get today(): Located<Fact> {
    return (this.#today ??= read(this.of, this.stored));
  }

  get isReadable(): boolean {
    try {
      return this.today !== undefined;
    } catch {
      return false;
    }
  }

  /** Where nothing but its stream is known. */
  get outline(): Located<Fact> {
    return { ...this.stored, streamId: idOf(this.stored.stream), data: {} } as unknown as Located<Fact>;
  }
}

function read(of: Aggregate<any, any>, stored: StoredEvent): Located<Fact> {
  if (!isFact(stored)) throw whyUnreadable(stored);
  try {
    return locate(of, stored) as Located<Fact>;
  } catch (error) {
    throw error instanceof UnknownFact ? error : new RecordUnreadable(stored.type, stored, error);
  }
}

/** Not that one view or policy fails: nobody can read it. Its stream waits, wherever it is followed, and nothing else does. */
export const isUnreadable = (error: unknown): boolean =>
  [UnknownFact, RecordUnreadable, RecordDestroyed].some((each) => error instanceof each);

/** Their codes, but for what was destroyed: a program that knows more reads the others. */
export const unreadableCodes: ReadonlySet<string> = new Set(["UnknownFact", "RecordUnreadable"]);

/** What is told of an error: our own code, or what kind it is. Never its message, which may quote anything. */
export const codeOf = (error: unknown): string => (error as { code?: string }).code ?? (error as Error).name;
