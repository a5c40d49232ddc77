import { endOfTime } from "../semantics/metadata.js";
import { expressionOf, type Filter } from "../semantics/filter.js";
import { refusalOf, type GroupSettings } from "../semantics/groups/settings.js";
import type { GroupDefinition, GroupDefinitions, GivenFilter } from "../storage/group-definitions.js";
import { RunningGroup, type GroupServices } from "./running-group.js";

/** Which group: `source` is a stream, or `$all`. */
export interface GroupName {
  readonly source: string;
  readonly name: string;
}

/** Why something cannot be done with a group. */
export class GroupProblem extends Error {
  constructor(
    readonly kind: "unknown" | "exists" | "failed" | "maximum" | "dropped",
    readonly group: GroupName,
    readonly reason = "",
  ) {
    super(kind);
  }
}

/** All groups of this event store. Changes of groups are made one after another. */
export class Groups {
  readonly #running = new Map<string, RunningGroup>();
  /** Sources that have, or had, a group. */
  readonly #sources = new Set<string>();
  #turn: Promise<unknown> = Promise.resolve();

  constructor(
    readonly definitions: GroupDefinitions,
    readonly services: GroupServices,
  ) {}

  async start(): Promise<void> {
    for (const definition of await this.definitions.all()) await this.#begin(definition);
  }

  async stop(): Promise<void> {
    await this.#inTurn(() => Promise.all([...this.#running.values()].map((group) => group.stop())));
  }

  create(group: GroupName, settings: GroupSettings, filter: GivenFilter | null): Promise<void> {
    return this.#inTurn(async () => {
      if (this.#running.has(keyOf(group))) throw new GroupProblem("exists", group);
      this.#check(group, settings);
      const definition = { ...group, settings, filter, begin: await this.#beginOf(group, settings) };
      await this.definitions.add(definition);
      await this.#begin(definition);
    });
  }

  /** Replaces all settings; a group on `$all` keeps its filter. What was refused leaves everything untouched. */
  update(group: GroupName, settings: GroupSettings): Promise<void> {
    return this.#inTurn(async () => {
      const running = this.get(group);
      this.#check(group, settings);
      const definition = { ...running.definition, settings, begin: await this.#beginOf(group, settings) };
      await this.definitions.change(definition);
      running.drop();
      await running.stop();
      await this.#begin(definition);
    });
  }

  remove(group: GroupName): Promise<void> {
    return this.#inTurn(async () => {
      const running = this.get(group);
      await this.definitions.remove(running.definition);
      this.#running.delete(keyOf(group));
      running.drop();
      await running.stop();
      await running.streams.remove();
    });
  }

  /** Everybody is dropped, and every group begins again from what it has stored. */
  restart(): Promise<void> {
    return this.#inTurn(async () => {
      for (const running of this.#running.values()) {
        running.drop();
        await running.stop();
      }
      this.#running.clear();
      await this.start();
    });
  }

  /** @throws GroupProblem where there is none */
  get(group: GroupName): RunningGroup {
    const running = this.#running.get(keyOf(group));
    if (!running) throw new GroupProblem("unknown", group);
    return running;
  }

  /** Those of one source, or all of them by source, each in the order in which they were made. */
  list(source: string | null): RunningGroup[] {
    if (source !== null && !this.#sources.has(source)) throw new GroupProblem("unknown", { source, name: "" });
    const all = [...this.#running.values()];
    if (source !== null) return all.filter(({ definition }) => definition.source === source);
    return all.toSorted((one, other) =>
      one.definition.source < other.definition.source ? -1 : Number(one.definition.source !== other.definition.source),
    );
  }

  async #begin(definition: GroupDefinition): Promise<void> {
    const group = new RunningGroup(definition, definition.filter && filterOf(definition.filter), this.services);
    await group.start();
    this.#running.set(keyOf(definition), group);
    this.#sources.add(definition.source);
  }

  #check(group: GroupName, settings: GroupSettings): void {
    const reason = refusalOf(settings);
    if (reason) throw new GroupProblem("failed", group, reason);
    if (group.source === "$all" && typeof settings.startFrom === "bigint" && settings.startFrom > this.services.live.position)
      throw new GroupProblem("failed", group, "The position lies beyond the end of the log.");
  }

  /** The end is where it is now, also after a restart. Behind a stream that is closed for ever there is nothing. */
  async #beginOf({ source }: GroupName, { startFrom }: GroupSettings): Promise<bigint> {
    if (source === "$all") return startFrom === "start" ? 0n : startFrom === "end" ? this.services.live.position + 1n : startFrom;
    const { last, tombstoned } = await this.services.reading.state(source);
    if (tombstoned) return endOfTime + 1n;
    return startFrom === "start" ? 0n : startFrom === "end" ? last + 1n : startFrom;
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.#turn.then(work);
    this.#turn = turn.catch(() => undefined);
    return turn;
  }
}

const keyOf = ({ source, name }: GroupName): string => JSON.stringify([source, name]);

const filterOf = ({ on, prefixes, expression }: GivenFilter): Filter => ({
  on,
  prefixes,
  checkpointEvery: 1,
  expression: expressionOf(expression),
});
