import { v4 as uuidv4 } from "uuid";
import { standsFully, type Standing } from "#access/decide.js";
import { counts, holdersOf, overseers, standingBy, type Relation, type RelationQuestion } from "#access/relation.js";
import type { ProtectedRecord } from "#access/record.js";
import type { Actor, Aggregate } from "#kernel/kernel.js";
import { tableOf } from "#projection/declare/columns.js";
import type { DeclaredRelation } from "#projection/declare/relation.js";
import type { Reader } from "#projection/read/reading.js";
import type { Changes } from "#store/changes.js";
import { RecordDestroyed, RecordUnreadable } from "#store/failures.js";
import { isBegun, type Loaded } from "#store/states.js";
import { streamOf } from "#store/stored.js";
import { readerOf } from "./reader.js";

/** Rows of a table of relations, by which a list is narrowed. */
export interface Rows {
  readonly table: string;
  readonly holders: readonly string[];
}

/** To which records a list is narrowed for somebody. */
export interface Narrowing {
  /** Every record, as far as no wall keeps her out. */
  readonly all: boolean;
  readonly reached: readonly Rows[];
  readonly barred: readonly Rows[];
}

/** How people stand to records, as the log says it at the moment of asking: whether projections have come that far or not. */
export class Standings {
  readonly #asked = new Map<string, () => Promise<Loaded<any>>>();
  #reading: Promise<ReadonlyMap<string, PromiseSettledResult<Loaded<any>>>> | undefined;
  /** Of each kind, a record that there is. */
  readonly #there = new Map<string, string>();

  constructor(
    private readonly changes: Changes,
    readonly relations: readonly DeclaredRelation[],
    private readonly records: readonly ProtectedRecord[],
  ) {}

  /** Is there anything to a record of this kind in which one may stand? */
  concerns = ({ name }: Pick<Aggregate<any, any>, "name">): boolean => this.relations.some(({ to }) => to === name);

  /** A record as access sees it. */
  recordOf = (aggregate: string): ProtectedRecord | undefined => this.records.find(({ of }) => of.name === aggregate);

  /**
   * How somebody stands to a record; null: there is no such record. `known`: what this process knows will do, because an append that expects
   * its revision proves it.
   */
  async of(of: Aggregate<any, any>, id: string, actor: Actor, known = false): Promise<Standing | null> {
    const asked: RelationQuestion = { actor, record: id, now: this.changes.clock().toISOString() };
    const [own, others] = this.#relationsTo(of, actor);
    const cached = known ? this.changes.states.known(of, id) : null;
    const sure = cached && !this.recordOf(of.name)?.keptOutBy && standingBy(own, asked, () => cached.state);
    if (sure && standsFully(sure)) return sure;
    const [record, ...states] = await Promise.all([this.#stateOf(of, id), ...others.map((each) => this.#stateFor(each, asked))]);
    if (record === undefined) return null;
    const elsewhere = new Map<Relation, unknown>(others.map((each, index) => [each, states[index]]));
    const standing = standingBy([...own, ...others], asked, (relation) => (elsewhere.has(relation) ? elsewhere.get(relation) : record));
    return standing.barred || !(await this.#isKeptOut(of, record, actor)) ? standing : { ...standing, barred: true };
  }

  /** Records of another kind that a record names, out of which a wall may keep somebody, and so out of this one. */
  async named(of: Aggregate<any, any>, id: string): Promise<readonly string[]> {
    const { keptOutBy } = this.recordOf(of.name) ?? {};
    const state = keptOutBy && (await this.#stateOf(of, id));
    return state === undefined ? [] : keptOutBy!.named(state);
  }

  /** Does a wall keep her out of a record that this one names? */
  async #isKeptOut(of: Aggregate<any, any>, state: unknown, actor: Actor): Promise<boolean> {
    const { keptOutBy } = this.recordOf(of.name) ?? {};
    if (!keptOutBy) return false;
    const kind = keptOutBy.of;
    const walls = this.#relationsTo(kind, actor)[0].filter(({ bars }) => bars);
    const now = this.changes.clock().toISOString();
    const barred = await Promise.all(
      keptOutBy.named(state).map(async (record) => {
        const named = await this.#stateOf(kind, record);
        return named !== undefined && standingBy(walls, { actor, record, now }, () => named).barred;
      }),
    );
    return barred.includes(true);
  }

  /**
   * Reads what was not read when somebody was refused: of a record that is there, one that there is none of, and the other way round. So a
   * refusal costs the same, whichever it was.
   */
  async evenOut(of: Aggregate<any, any>, wasThere: boolean): Promise<void> {
    const other = wasThere ? uuidv4() : this.#there.get(of.name);
    if (other !== undefined) await this.#stateOf(of, other);
  }

  /** How somebody stands by what the record's own stream tells. */
  byOwn(of: Aggregate<any, any>, asked: RelationQuestion, state: unknown): Standing {
    return standingBy(this.#relationsTo(of, asked.actor)[0], asked, () => state);
  }

  /** The relations that the record's own stream tells of. */
  ownRelations = ({ name }: Aggregate<any, any>): readonly string[] =>
    this.relations.filter(({ to, of }) => to === name && of.name === name).map((each) => each.name);

  /** The position of the last fact by which her standing to a record was decided, as far as it is remembered. */
  lastTold(of: Aggregate<any, any>, id: string, actor: Actor): bigint | null {
    const asked = { actor, record: id, now: this.changes.clock().toISOString() };
    const streams = this.#relationsTo(of, actor)[1].map((each) => [each.of, each.streamOf(asked)] as const);
    const known = [[of, id] as const, ...streams].map(([kind, stream]) =>
      stream === undefined ? null : (this.changes.states.known(kind, stream)?.position?.commit ?? null),
    );
    return known.reduce((last, each) => (each !== null && (last === null || each > last) ? each : last), null);
  }

  /** What a list of such records is narrowed to. */
  narrowing(aggregate: string, actor: Actor): Narrowing {
    const to = this.relations.filter((each) => each.to === aggregate && each.listed !== false && counts(each, actor));
    const rows = (each: DeclaredRelation): Rows => ({ table: tableOf(each.view.row).table, holders: holdersOf(each, actor) });
    return {
      all: overseers.includes(actor.role),
      reached: to.filter(({ bars }) => !bars).map(rows),
      barred: to.filter(({ bars }) => bars).map(rows),
    };
  }

  /** Whom Postgres is told of. */
  reader = (actor: Actor): Reader => readerOf(this.relations, actor);

  /** Is this so of a record that is there, as its stream is now? */
  async isSo(of: Aggregate<any, any>, id: string, condition: (state: any) => boolean): Promise<boolean> {
    const state = await this.#stateOf(of, id);
    return state !== undefined && condition(state);
  }

  /** Those that the record's own stream tells of, and those that another one does. */
  #relationsTo({ name }: Aggregate<any, any>, actor: Actor): [own: DeclaredRelation[], others: DeclaredRelation[]] {
    const to = this.relations.filter((each) => each.to === name && counts(each, actor));
    return [to.filter(({ of }) => of.name === name), to.filter(({ of }) => of.name !== name)];
  }

  async #stateFor(relation: DeclaredRelation, asked: RelationQuestion): Promise<unknown> {
    const id = relation.streamOf(asked);
    if (id === undefined) return undefined;
    return this.#stateOf(relation.of, id);
  }

  /**
   * What a stream says; undefined: there is none. Where one is damaged, whoever stood to it as far as it can be read is told so by what reads it;
   * where it was destroyed, whoever did as far as it is remembered.
   */
  async #stateOf(of: Aggregate<any, any>, id: string): Promise<unknown> {
    try {
      const loaded = await this.#fresh(of, id);
      if (!isBegun(loaded)) return undefined;
      this.#there.set(of.name, id);
      return loaded.state;
    } catch (error) {
      if (error instanceof RecordUnreadable) return error.before;
      if (error instanceof RecordDestroyed) return this.changes.states.known(of, id)?.state;
      throw error;
    }
  }

  /**
   * As the stream is now. Whoever asks before the reading has begun is answered by the same one, and what was asked for at one moment is
   * answered at one: what is then asked of the tables is one question.
   */
  async #fresh(of: Aggregate<any, any>, id: string): Promise<Loaded<any>> {
    const stream = streamOf(of.name, id);
    this.#asked.set(stream, () => this.changes.states.fresh(of, id));
    this.#reading ??= this.#readTogether();
    const read = (await this.#reading).get(stream)!;
    if (read.status === "rejected") throw read.reason;
    return read.value;
  }

  async #readTogether(): Promise<ReadonlyMap<string, PromiseSettledResult<Loaded<any>>>> {
    await new Promise<void>((resolve) => setImmediate(resolve));
    const asked = [...this.#asked];
    this.#asked.clear();
    this.#reading = undefined;
    const read = await Promise.allSettled(asked.map(([, fresh]) => fresh()));
    return new Map(asked.map(([stream], index) => [stream, read[index]!]));
  }
}

/** Of rows and lines that were narrowed to what somebody may see. */
export const reached: Standing = { stands: [{ relation: "reached", closed: [] }], barred: false };
