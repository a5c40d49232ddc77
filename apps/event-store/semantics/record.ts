/** An event as the store keeps it. Position and revision count from 0; `created` is in ticks of 100 ns since 1970. */
export interface StoredRecord {
  readonly position: bigint;
  readonly stream: string;
  readonly revision: bigint;
  readonly id: string;
  readonly type: string;
  readonly json: boolean;
  readonly created: bigint;
  readonly data: Buffer;
  readonly metadata: Buffer;
}

/** An event as a client proposes it. */
export interface Proposed {
  readonly id: string;
  readonly type: string;
  readonly json: boolean;
  readonly data: Buffer;
  readonly metadata: Buffer;
}

/** What a client expects of a stream: an exact revision, or one of three words. */
export type Expected = bigint | "any" | "no-stream" | "stream-exists";
