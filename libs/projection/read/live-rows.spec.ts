import "reflect-metadata";
import { Key, Text, ViewOf, Words } from "../declare/columns.js";
import { Sealed, Shape } from "../declare/shapes.js";
import { hasMoved, LiveRows, type RowState } from "./live-rows.js";
import type { View } from "../declare/view.js";

@Shape("LiveName")
class LiveName {
  @Words() name!: string;
}

@ViewOf("LiveExample")
class LiveExampleView {
  @Key() id!: string;
  @Text() word!: string;
  @Sealed("identity", LiveName) name!: object | null;
}
const view = { row: LiveExampleView } as unknown as View;

/** A table in memory that answers as Postgres would. */
class Table {
  readonly rows = new Map<string, { position: bigint; stale: boolean }>();
  queries: string[] = [];
  away = false;

  query = async (text: string, [keys, positions, stales]: unknown[]): Promise<object[]> => {
    if (this.away) throw new Error("away");
    this.queries.push(text);
    return (keys as string[]).flatMap((key, index) => {
      const row = this.rows.get(key);
      const known = { position: BigInt((positions as string[])[index]!), stale: (stales as boolean[])[index]! };
      return row && hasMoved(row, known) ? [{ key_: key, position_: String(row.position), word: "w", stale: row.stale }] : [];
    });
  };
}

let table: Table;
let rows: LiveRows;
beforeEach(() => {
  table = new Table();
  rows = new LiveRows(table.query);
});
afterEach(() => rows.close());

const follow = async (key: string, after?: bigint) => {
  const told: bigint[] = [];
  const waiting = new Set<() => void>();
  const leave = await rows.follow(view, key, after, ({ position }: RowState) => {
    told.push(position);
    for (const look of waiting) look();
  });
  const until = (position: bigint) =>
    new Promise<void>((resolve) => {
      const look = () => told.includes(position) && resolve();
      waiting.add(look);
      look();
    });
  return { told, leave, until };
};

test("the state at once, then the newest whenever the row has moved", async () => {
  table.rows.set("a", { position: 3n, stale: false });
  const { told, until, leave } = await follow("a");
  expect(told).toEqual([3n]);
  for (const position of [4n, 5n, 6n]) {
    table.rows.set("a", { position, stale: false });
    rows.news();
  }
  await until(6n);
  expect(told.at(-1)).toBe(6n);
  leave!();
  const before = told.length;
  table.rows.set("a", { position: 7n, stale: false });
  expect((await follow("a")).told).toEqual([7n]);
  expect(told).toHaveLength(before);
});

test("who goes on from a position is told what came after it, and nothing else", async () => {
  table.rows.set("a", { position: 3n, stale: false });
  const missed = await follow("a", 2n);
  const nothing = await follow("a", 3n);
  expect([missed.told, nothing.told]).toEqual([[3n], []]);
  table.rows.set("a", { position: 4n, stale: false });
  rows.news();
  await Promise.all([missed.until(4n), nothing.until(4n)]);
  expect([missed.told, nothing.told]).toEqual([[3n, 4n], [4n]]);
});

test("a row that is no more the whole is told again", async () => {
  table.rows.set("a", { position: 3n, stale: false });
  const { told } = await follow("a");
  table.rows.set("a", { position: 3n, stale: true });
  await follow("a");
  expect(told).toEqual([3n, 3n]);
});

test("many who follow cost one query, and no row is nobody's", async () => {
  table.rows.set("a", { position: 3n, stale: false });
  const all = await Promise.all([...Array.from({ length: 50 }, () => follow("a")), follow("missing")]);
  expect(all.map(({ leave }) => leave !== null)).toEqual([...Array.from({ length: 50 }, () => true), false]);
  expect(table.queries).toHaveLength(1);
});

test("what cannot be read now is read at the next look; who asked just then learns of it", async () => {
  table.rows.set("a", { position: 3n, stale: false });
  const { until } = await follow("a");
  table.away = true;
  rows.news();
  await expect(follow("b")).rejects.toThrow("away");
  table.away = false;
  table.rows.set("a", { position: 4n, stale: false });
  rows.news();
  await until(4n);
});

test("sealed columns are not even read", async () => {
  table.rows.set("a", { position: 3n, stale: false });
  await follow("a");
  expect(table.queries[0]).toContain('null as "name"');
  expect(table.queries[0]).toContain('"word" as "word"');
});

test("a row never goes back, also not while its view is folded anew", () => {
  expect(hasMoved({ position: 3n, stale: true }, { position: 4n, stale: false })).toBe(false);
  expect(hasMoved({ position: 5n, stale: false }, { position: 4n, stale: false })).toBe(true);
});
