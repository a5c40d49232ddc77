import type { StrategyName } from "./settings.js";

/** A connected reader, as far as the choice needs it. */
export interface Slots {
  readonly size: number;
  inFlight: number;
  /** What was sent to it waits to be taken. */
  readonly isClogged?: boolean;
}

/** However large a reader's buffer: more than this is not in flight to it. */
const mostInFlight = 5_000;

/** Chooses who gets an event. Null: nobody can take it now. */
export interface Strategy<R extends Slots> {
  /** Where one event's reader is full, later events of other streams may go on. */
  readonly goesOn: boolean;
  choose(stream: string): R | null;
  joined(reader: R): void;
  left(reader: R): void;
  /** Told when an event of a stream comes into flight (1) or leaves it (-1). */
  moved(stream: string, by: 1 | -1): void;
}

const hasRoom = ({ size, inFlight, isClogged = false }: Slots): boolean => !isClogged && inFlight < Math.min(size, mostInFlight);

export const strategyOf = <R extends Slots>(name: StrategyName): Strategy<R> =>
  name === "Pinned" ? new Pinned<R>() : new Queue<R>(name === "RoundRobin");

/** In turn, or all to the first until it is full; either way, whoever has had a turn goes to the tail. */
class Queue<R extends Slots> implements Strategy<R> {
  readonly goesOn = false;
  #readers: R[] = [];

  constructor(readonly inTurn: boolean) {}

  choose(): R | null {
    const index = this.#readers.findIndex(hasRoom);
    if (index < 0) return null;
    const reader = this.#readers[index]!;
    const turned = this.inTurn ? index + 1 : index;
    if (turned > 0) this.#readers = [...this.#readers.slice(turned), ...this.#readers.slice(0, turned)];
    return reader;
  }
  joined(reader: R): void {
    this.#readers.push(reader);
  }
  left(reader: R): void {
    this.#readers = this.#readers.filter((each) => each !== reader);
  }
  moved(): void {}
}

const bucketCount = 1_024;

/** Events of one stream always go to the same reader, as long as it is there. */
class Pinned<R extends Slots> implements Strategy<R> {
  readonly goesOn = true;
  readonly #owners: (R | null)[] = Array.from({ length: bucketCount }, () => null);
  readonly #inFlight = new Int32Array(bucketCount);
  readonly #owned = new Map<R, number>();

  choose(stream: string): R | null {
    const bucket = bucketOf(stream);
    const owner = (this.#owners[bucket] ??= this.#fewest(bucket));
    return owner && hasRoom(owner) ? owner : null;
  }

  /** A newcomer takes what the others have above an even share, buckets without events in flight first. */
  joined(reader: R): void {
    this.#owned.set(reader, 0);
    const assigned = this.#owners.filter((owner) => owner !== null).length;
    const share = Math.ceil(assigned / this.#owned.size);
    const byRest = [...this.#owners.keys()].toSorted((one, other) => this.#inFlight[one]! - this.#inFlight[other]!);
    for (const bucket of byRest) {
      const owner = this.#owners[bucket];
      if (owner && owner !== reader && this.#owned.get(owner)! > share) this.#give(bucket, reader, owner);
    }
  }

  left(reader: R): void {
    this.#owned.delete(reader);
    for (const [bucket, owner] of this.#owners.entries()) if (owner === reader) this.#owners[bucket] = null;
  }

  moved(stream: string, by: 1 | -1): void {
    this.#inFlight[bucketOf(stream)]! += by;
  }

  #fewest(bucket: number): R | null {
    const [least] = [...this.#owned].toSorted(([, one], [, other]) => one - other);
    if (!least) return null;
    this.#give(bucket, least[0], null);
    return least[0];
  }

  #give(bucket: number, reader: R, owner: R | null): void {
    if (owner) this.#owned.set(owner, this.#owned.get(owner)! - 1);
    this.#owned.set(reader, this.#owned.get(reader)! + 1);
    this.#owners[bucket] = reader;
  }
}

/** FNV-1a: spreads names evenly and is the same in every process. */
function bucketOf(stream: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < stream.length; index++) hash = Math.imul(hash ^ stream.charCodeAt(index), 0x01000193);
  return (hash >>> 0) % bucketCount;
}
