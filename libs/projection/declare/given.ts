import type { Fact } from "#kernel/kernel.js";
import type { Located } from "#store/stored.js";
import type { View } from "./view.js";

// For examples of views: given these facts, the row is such.

const at = "2026-01-10T08:00:00.000Z";
const subject = "00000000-0000-4000-8000-000000000001";
let count = 0;

/** A fact as it comes out of the log, with a box of each of these classes. */
export const told = (type: string, data: object, ...classes: string[]): Located<Fact> => {
  const personal = classes.length > 0 ? { [subject]: Object.fromEntries(classes.map((each) => [each, "v1.sample"])) } : undefined;
  return { type, data, personal, at, id: `fact-${++count}`, stream: "case-1", streamId: "1", revision: BigInt(count) } as never;
};

/** The row after these facts. */
export const rowAfter = <Row extends object>({ project }: View<Row, any>, ...facts: readonly Located<Fact>[]): Row | null =>
  facts.reduce<Row | null>(
    (row, fact) => (project as Record<string, (row: Row | null, fact: Located<Fact>) => Row | null>)[fact.type]!(row, fact),
    null,
  );
