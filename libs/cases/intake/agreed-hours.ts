import type { Urgency } from "../vocabulary.js";

interface AgreedHours {
  /** Until the source is told that its notification has arrived. */
  readonly acknowledge: number;
  /** Until what is missing is known. */
  readonly complete: number;
}

/** Within how many hours, where nothing else was agreed with the source: practice of shelters, to be changed where another is agreed. */
export const agreedHours: Readonly<Record<Urgency, AgreedHours>> = {
  Immediate: { acknowledge: 2, complete: 72 },
  Within24Hours: { acknowledge: 8, complete: 72 },
  Routine: { acknowledge: 24, complete: 168 },
};
