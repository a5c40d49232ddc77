import { randomUUID } from "node:crypto";
import type { Pool } from "pg";
import { openPool } from "#platform/postgres/postgres.js";
import { tableOf } from "#projection/declare/columns.js";
import { migrate, readModels } from "#projection/declare/migrations.js";
import type { Policies } from "#projection/declare/policy.js";
import { PostgresStore } from "#projection/run/postgres-store.js";
import { openSet, type SetName } from "#projection/rebuild/sets.js";
import { runViews } from "#projection/run/runner.js";
import type { View } from "#projection/declare/view.js";
import { EventLog } from "#store/event-log.js";
import type { Position } from "#store/stored.js";
import { startEventStore, type RunningEventStore } from "../../apps/event-store/event-store.js";
import { factAt, views } from "../simulation/world.js";
import { createDatabase } from "./postgres.js";

/** Postgres keeps no NUL in a text: the row is refused, not the handler. */
export const unwritable = "\0";

export interface StoryRow {
  readonly id: string;
  readonly story: string;
  readonly stale: boolean;
}

/** The small world in a real event store and a real Postgres, new for each test. */
export class Stories {
  log!: EventLog;
  pool!: Pool;
  url!: string;
  #store!: RunningEventStore;
  readonly #heads = new Map<string, bigint>();

  constructor(readonly partitions: number) {
    beforeEach(async () => {
      this.#store = await startEventStore({ databaseUrl: await createDatabase(), port: 0 });
      this.log = new EventLog(this.#store.url);
      this.url = await createDatabase();
      this.pool = openPool(this.url);
      await this.prepare();
    });
    afterEach(async () => {
      await Promise.all([this.pool.end(), this.log.close()]);
      await this.#store.stop();
    });
  }

  get storeUrl(): string {
    return this.#store.url;
  }

  /** Somebody else has appended one event to a story. */
  passOver(stream: string): void {
    this.#heads.set(stream, this.#heads.get(stream)! + 1n);
  }

  async prepare(of: readonly View[] = views, partitions = this.partitions, policies: Policies = []): Promise<void> {
    const source = await readModels(this.url, of).initialize();
    await migrate(source, of, partitions, policies);
    await source.destroy();
  }

  /** Adds words to a story. Answers the position of the last. */
  tell = async (stream: string, ...words: string[]): Promise<Position> => {
    const events = words.map((word) => {
      const { metadata } = factAt(0, stream, 0, { word, worker: "" });
      return { id: randomUUID(), type: "Told", body: { data: { word, worker: `worker-${stream.slice(-1)}` } }, metadata };
    });
    const { revision, position } = await this.log.append(stream, this.#heads.get(stream) ?? -1n, events);
    this.#heads.set(stream, revision);
    return position;
  };

  /** Follows the log with all partitions until it is stopped. */
  run = (of: readonly View[] = views, partitions = this.partitions) => {
    const stop = new AbortController();
    const observer = { applied: () => undefined, interrupted: () => undefined };
    const runner = { log: this.log, store: new PostgresStore(this.pool, of, partitions), views: of, partitions, observer };
    const running = runViews(
      runner,
      Array.from({ length: partitions }, (_, partition) => partition),
      stop.signal,
    );
    running.catch(() => undefined);
    return { running, stop: () => (stop.abort(), running) };
  };

  /** What a view shows, in the order of ids. */
  rowsOf = async (view: View, set: SetName = "live"): Promise<StoryRow[]> => {
    const of = openSet(this.url, set, 1);
    try {
      const { table } = tableOf(view.row);
      return (await of.query<StoryRow>(`select id, story, stale_since is not null as stale from "${table}" order by id`)).rows;
    } finally {
      await of.end();
    }
  };

  /** What a view shows of these streams. */
  told = async (view: View, ...streams: string[]): Promise<({ story: string; stale: boolean } | undefined)[]> => {
    const rows = new Map((await this.rowsOf(view)).map(({ id, story, stale }) => [id, { story, stale }]));
    return streams.map((each) => rows.get(idOf(each)));
  };
}

export const storyStream = (): string => `story-${randomUUID()}`;
export const idOf = (stream: string): string => stream.slice(6);
