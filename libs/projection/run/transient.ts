import { Refusal } from "#kernel/kernel.js";
import { FactMissing } from "#store/continuity.js";
import { TooContended } from "#store/change.js";
import { CheckpointMoved } from "./store.js";

/** Codes of what passes by itself: Postgres, the network, the event store, the keyring. */
const passing = /^(08|57|40001$|40P01$|53|55P03$|ECONN|EPIPE|ETIMEDOUT|EAI_|StoreUnavailable$|StoreRefused$|KeyringUnavailable$)/;

/** What passes by itself: lost connections, restarts, deadlocks, serialization failures, a reader that left something out. It is tried again and never counts as poison. */
export const isTransient = (error: unknown): boolean => {
  const code = (error as { code?: unknown }).code;
  if (error instanceof CheckpointMoved || error instanceof FactMissing) return true;
  if (typeof code === "string" && passing.test(code)) return true;
  return /Connection terminated|timeout exceeded|Client has encountered a connection error/.test((error as Error).message);
};

/**
 * What an error of a policy means. "wait": it passes by itself, and everything else waits for it as well. "contended": others write to the
 * same record; it passes soon, or it is a fault. "refused": a rule said no, which is an answer. "park": only this fact cannot be done.
 */
export function meaningOf(error: unknown): "wait" | "contended" | "refused" | "park" {
  if (error instanceof Refusal) return "refused";
  if (error instanceof TooContended) return "contended";
  return isTransient(error) ? "wait" : "park";
}
