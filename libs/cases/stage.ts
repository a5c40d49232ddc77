import type { Closure } from "./closure/closure.js";
import type { Screening } from "./screening/screening.js";

export const stages = ["Draft", "Screening", "Open", "FollowUp", "ClosureRequested", "Closed"] as const;
export type Stage = (typeof stages)[number];

/** How far screening has come: not begun, begun, completed at least once. */
export type Screened = Extract<Stage, "Draft" | "Screening" | "Open">;

export const screenedOf = ({ startedAt, findings }: Pick<Screening, "startedAt" | "findings">): Screened =>
  findings ? "Open" : startedAt ? "Screening" : "Draft";

/** Does support rest, because she is only asked after? */
export const isFollowedUp = ({ followUp }: Pick<Closure, "followUp">): boolean => followUp.at(-1)?.until === null;

/** Where a case stands. A closure that was rejected, or a case that was opened again, is where its screening has come to. */
export const stageOf = (screened: Screened, closing: Closure["status"], followedUp: boolean): Stage =>
  closing !== "Open" ? closing : followedUp ? "FollowUp" : screened;
