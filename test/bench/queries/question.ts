import type { Statement } from "#projection/read/reading.js";

/**
 * One thing that is asked, in three languages. `who` asks; the bare statements are those that the api itself sends to Postgres, narrowed as it
 * narrows them, and asked as the owner of the tables, whom no row policy concerns.
 */
export interface Question {
  readonly who: string;
  readonly path: string;
  readonly query: string;
  readonly variables: object;
  readonly bare: readonly Statement[];
}
