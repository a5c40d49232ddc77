import type { DemoClient } from "./client.js";
import { keyOf } from "./random.js";

/** One line of an import: a change as it would have been sent when it happened. */
export interface Line {
  readonly key: string;
  readonly operation: string;
  readonly id?: string;
  readonly at: string;
  readonly by: object;
  readonly input: object;
}

/** What is answered to lines that were brought in. */
export interface BroughtIn {
  readonly receipts: readonly { readonly id: string }[];
  readonly refused: number | null;
  readonly problem: { readonly code: string; readonly title: string } | null;
}

const days = 86_400_000;
/** An import is open for so long at least, and for twice as long at most. */
const fortnight = 14 * days;

/**
 * Leave to bring in what has happened in two years: one administrator opens it, another approves it. What was interrupted goes on in the same import,
 * because what falls due in it waits until that ends.
 */
export class HistoryImport {
  #id = "";

  constructor(
    readonly administrator: DemoClient,
    readonly another: DemoClient,
    readonly importer: DemoClient,
  ) {}

  async open(seed: string, now = Date.now()): Promise<void> {
    const window = Math.floor(now / fortnight);
    const until = new Date((window + 2) * fortnight).toISOString();
    const { id: importer } = await this.importer.whoIs();
    for (let number = 0; ; number++) {
      const key = keyOf(seed, "import", window, number);
      const { id } = await this.administrator.post("/v1/imports/open-import", { importer, until }, key);
      const { state } = await this.administrator.get<{ state: { grant: { endedAt: string | null } } }>(`/v1/imports/${id}/state`);
      this.#id = id;
      if (state.grant.endedAt === null) break;
    }
    await this.another.post(`/v1/imports/${this.#id}/approve-import`, {});
  }

  bringIn(lines: readonly Line[]): Promise<BroughtIn> {
    return this.importer.post(`/v1/imports/${this.#id}/bring-in`, { lines });
  }

  async end(): Promise<void> {
    await this.administrator.post(`/v1/imports/${this.#id}/end-import`, {});
  }
}
