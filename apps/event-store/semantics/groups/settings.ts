/** Who of a group's readers gets the next event. */
export const strategies = ["RoundRobin", "DispatchToSingle", "Pinned"] as const;
export type StrategyName = (typeof strategies)[number];

/** How a group of competing readers is served. Times in milliseconds; places are revisions, or positions in `$all`. */
export interface GroupSettings {
  readonly resolveLinks: boolean;
  readonly extraStatistics: boolean;
  readonly messageTimeout: number;
  /** Deliveries after the first; then the event is parked. */
  readonly maxRetryCount: number;
  readonly checkpointAfter: number;
  readonly minCheckpointCount: number;
  readonly maxCheckpointCount: number;
  /** 0: any number; less: nobody. */
  readonly maxSubscriberCount: number;
  readonly liveBufferSize: number;
  readonly readBatchSize: number;
  readonly historyBufferSize: number;
  readonly strategy: string;
  /** Inclusive. */
  readonly startFrom: bigint | "start" | "end";
}

/** Why a group cannot be made like this; null where it can. */
export function refusalOf({ readBatchSize, historyBufferSize, strategy }: GroupSettings): string | null {
  if (!isStrategy(strategy)) return `Consumer strategy ${strategy} does not exist.`;
  if (readBatchSize >= historyBufferSize) return "The read batch size must be smaller than the history buffer size.";
  return null;
}

export const isStrategy = (name: string): name is StrategyName => (strategies as readonly string[]).includes(name);
