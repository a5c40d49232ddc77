import { tableOf } from "../declare/columns.js";
import type { Row } from "../run/fold.js";
import { paced } from "../run/paced.js";
import { conditionOf } from "./reading.js";
import { expressionOf, keyColumn } from "../run/rows.js";
import type { View } from "../declare/view.js";

/** A row as it is, its sealed columns left null, with the position of the last fact in it. */
export interface RowState {
  readonly position: bigint;
  readonly row: Row & { readonly stale: boolean; readonly skipped?: readonly string[] | null };
}

type Query = (text: string, values: unknown[]) => Promise<unknown>;
type Tell = (state: RowState) => void;

/** A row that somebody follows. */
interface Followed {
  state: RowState | undefined;
  readonly followers: Set<Tell>;
}

/**
 * However many batches are committed, rows are looked at this often at most; without news, this often; and after news not at once,
 * because partitions commit one after the other what came together. Milliseconds.
 */
const pace = { most: 100, least: 10_000, gather: 10 };

/** Follows rows of views for many: one query a view, whenever something was committed, for all rows that are followed. */
export class LiveRows {
  readonly #views = new Map<View, Map<string, Followed>>();
  readonly #look = paced(() => this.#lookAtAll(), pace.most);
  #soon: NodeJS.Timeout | undefined;
  // Not everything that is written is told, and not everything that is told is heard.
  readonly #timer = setInterval(() => this.news(), pace.least).unref();

  constructor(private readonly query: Query) {}

  /** Something may have been written. What cannot be read now is read at the next look. */
  news(): void {
    if (this.#views.size === 0 || this.#soon) return;
    this.#soon = setTimeout(() => {
      this.#soon = undefined;
      void this.#look().catch(() => undefined);
    }, pace.gather);
  }

  /**
   * Tells the row as it is, unless nothing has happened in it after the position `after`; and then whenever it has moved: not each step,
   * but the newest. Answers what ends it; null where there is no such row.
   */
  async follow(view: View, key: string, after: bigint | undefined, tell: Tell): Promise<(() => void) | null> {
    let seen: SeenState = { position: after ?? -1n, stale: false };
    const tellUnseen = (state: RowState) => {
      const reached = { position: state.position, stale: state.row.stale };
      if (!hasMoved(reached, seen)) return;
      seen = reached;
      tell(state);
    };
    const { followed, leave } = this.#join(view, key, tellUnseen);
    // A look that begins now sees whatever was committed before.
    await this.#look().catch((error: unknown) => {
      leave();
      throw error;
    });
    if (followed.state) tellUnseen(followed.state);
    else leave();
    return followed.state ? leave : null;
  }

  close(): void {
    clearInterval(this.#timer);
    clearTimeout(this.#soon);
    this.#views.clear();
  }

  #join(view: View, key: string, tell: Tell): { followed: Followed; leave: () => void } {
    const rows = this.#views.get(view) ?? new Map<string, Followed>();
    const followed = rows.get(key) ?? { state: undefined, followers: new Set() };
    this.#views.set(view, rows.set(key, followed));
    followed.followers.add(tell);
    const leave = () => {
      followed.followers.delete(tell);
      if (followed.followers.size === 0 && rows.get(key) === followed) rows.delete(key);
      if (rows.size === 0 && this.#views.get(view) === rows) this.#views.delete(view);
    };
    return { followed, leave };
  }

  async #lookAtAll(): Promise<void> {
    for (const [view, rows] of this.#views) await this.#lookAt(view, rows);
  }

  async #lookAt(view: View, rows: ReadonlyMap<string, Followed>): Promise<void> {
    const known = [...rows].map(([key, { state }]) => ({ key, position: state?.position ?? -1n, stale: state?.row.stale ?? false }));
    const values = [known.map(({ key }) => key), known.map(({ position }) => String(position)), known.map(({ stale }) => stale)];
    for (const { key_, position_, ...row } of (await this.query(moved(view), values)) as FoundRow[]) {
      const followed = rows.get(key_);
      if (!followed) continue;
      followed.state = { position: BigInt(position_), row };
      for (const tell of followed.followers) tell(followed.state);
    }
  }
}

type FoundRow = RowState["row"] & { readonly key_: string; readonly position_: string };

interface SeenState {
  readonly position: bigint;
  readonly stale: boolean;
}

/** A row never goes back, also not while its view is folded anew. */
export const hasMoved = (now: SeenState, seen: SeenState): boolean =>
  now.position > seen.position || (now.position === seen.position && now.stale !== seen.stale);

/** The rows among $1 that have moved from the positions $2, or are stale where $3 says that they are not. */
function moved({ row }: View): string {
  const table = tableOf(row);
  const key = keyColumn(table);
  const columns = table.columns
    .filter(({ inner }) => !inner)
    .map(({ property, column, type, sealed }) => `${sealed ? "null" : expressionOf(type, column)} as "${property}"`);
  return `select ${[...columns, ...conditionOf(table)].join(", ")}, key_, "${table.table}".position::text as position_
    from unnest($1::${key.type}[], $2::numeric[], $3::boolean[]) as known (key_, known_position, known_stale)
    join "${table.table}" on "${key.column}" = key_
    where "${table.table}".position > known_position
      or ("${table.table}".position = known_position and (stale_since is not null) <> known_stale)`;
}
