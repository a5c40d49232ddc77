import { FactMissing } from "#store/continuity.js";
import { CheckpointMoved } from "./store.js";

/** What passes by itself: lost connections, restarts, deadlocks, serialization failures, a reader that left something out. It is tried again and never counts as poison. */
export const isTransient = (error: unknown): boolean => {
  const code = (error as { code?: unknown }).code;
  if (error instanceof CheckpointMoved || error instanceof FactMissing) return true;
  if (typeof code === "string" && /^(08|57|40001$|40P01$|53|55P03$|ECONN|EPIPE|ETIMEDOUT|EAI_|StoreUnavailable)/.test(code)) return true;
  return /Connection terminated|timeout exceeded|Client has encountered a connection error/.test((error as Error).message);
};
