import type { PersonalClass } from "#access/areas.js";
import type { Instant } from "#kernel/kernel.js";
import { sealedPart } from "./view.js";

/** A row that knows when each of its parts was so. */
export interface Dated {
  since: Record<string, Instant>;
}

/** The row with a part as a fact tells it, unless something later is told of that part already: what is told late replaces nothing later. */
export const newest = <Row extends Dated>(row: Row, part: string, at: Instant, change: Partial<Row>): Row =>
  (row.since[part] ?? "") > at ? row : { ...row, ...change, since: { ...row.since, [part]: at } };

/**
 * The row with the sealed part of a class in this column, as the fact tells it: the one that it carries; none, where the fact says that the
 * class is `removed`; and else what was there, because whoever says nothing about a class takes nothing of it away.
 */
export function withPart<Row extends Dated>(row: Row, column: keyof Row & string, fact: Telling, dataClass: PersonalClass): Row {
  const part = sealedPart(fact, dataClass);
  if (!part && !fact.data.removed?.includes(dataClass)) return row;
  return newest(row, column, fact.at, { [column]: part } as Partial<Row>);
}

type Telling = Parameters<typeof sealedPart>[0] & {
  readonly at: Instant;
  readonly data: { readonly removed?: readonly string[] | undefined };
};
