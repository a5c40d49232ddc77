import { RecordDestroyed, RecordUnreadable } from "#store/failures.js";
import { aggregateOf } from "#store/stored.js";

/** What was found damaged in the event store, for the log: places and codes only. */
export interface DamageFound {
  readonly code: string;
  readonly stream: string;
  readonly revision?: string | undefined;
  readonly position?: string | undefined;
  /** Of an event that cannot be read, where a stranger's name for it is plain enough to be shown. */
  readonly type?: string | undefined;
}

/** Takes note of records that somebody has damaged in the event store itself: each time somebody asks for one, and by kind how often. */
export class Damage {
  readonly #counts = new Map<string, { readonly code: string; readonly record: string; count: number }>();

  constructor(readonly tell: (found: DamageFound) => void) {}

  /** How often a damaged record was met, by kind, since the start. */
  get counts(): Iterable<{ readonly code: string; readonly record: string; readonly count: number }> {
    return this.#counts.values();
  }

  /** Whether the error says so; then it is noted. */
  note(error: unknown): boolean {
    if (!(error instanceof RecordDestroyed || error instanceof RecordUnreadable)) return false;
    const { code, place } = error;
    const record = aggregateOf(place.stream);
    const counted = this.#counts.get(`${code} ${record}`) ?? { code, record, count: 0 };
    counted.count++;
    this.#counts.set(`${code} ${record}`, counted);
    this.tell({
      code,
      stream: place.stream,
      revision: place.revision?.toString(),
      position: place.position?.commit.toString(),
      ...(error instanceof RecordUnreadable && /^[\w$>.:-]{1,60}$/.test(error.type) && { type: error.type }),
    });
    return true;
  }

  /** What `work` answers or throws; damage is noted on its way. */
  async noting<T>(work: Promise<T>): Promise<T> {
    try {
      return await work;
    } catch (error) {
      this.note(error);
      throw error;
    }
  }
}
