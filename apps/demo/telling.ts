/** Who of the demo does something: "own" and "manager" are those of the shelter where it happens. */
export type Teller = "own" | "manager" | "supervisor" | "nurse" | "psychologist" | "lawyer";

/** The id of a record, which is known once what began it was answered. */
export class RecordId {
  constructor(readonly record: string) {}
}

/** An id that a change has made, as its fact tells it; without a field: the id of the entry itself. */
export class MadeId {
  constructor(
    readonly key: string,
    readonly field?: string,
  ) {}
}

/** One step of the demo: who sends what about which record, and when it happened. */
export interface DemoStep {
  readonly at: string;
  readonly key: string;
  readonly by: Teller;
  /** "shelter", or one that a step begins: "case 3", "event 1", "contact 7". */
  readonly record: string;
  readonly begins?: boolean;
  readonly what: string;
  readonly body: Readonly<Record<string, unknown>>;
  /** Whose bed it is about: what is done in a shelter, and in a case that gives a bed free. */
  readonly housed?: string;
  /** Wait until the shelter's bed is known to the case, or is free again: policies do it. */
  readonly wait?: "placed" | "freed";
}

/** A file that is kept with a case. It is added as of today: files come by no import. */
export interface DemoDocument {
  readonly record: string;
  readonly key: string;
  readonly fields: Readonly<Record<string, string>>;
  readonly text: string;
}

/** All that one shelter's people tell. */
export interface Caseload {
  readonly steps: readonly DemoStep[];
  readonly documents: readonly DemoDocument[];
}

/** The demo's time: days are counted from its beginning. */
export const day = 86_400_000;
export const start = Date.parse("2024-11-01T06:00:00Z");
export const days = 700;
/** The moment so many days after the beginning. */
export const onDay = (offset: number, minutes = 0): string => new Date(start + Math.round(offset * day) + minutes * 60_000).toISOString();
