import { setTimeout as pauseFor } from "node:timers/promises";
import { marking } from "#kernel/corrections.js";
import { nothingChanged, Refusal, require, type Personal, type Times } from "#kernel/kernel.js";
import { KeyReused, StaleRevision, TooContended, type Change, type ChangeReceipt } from "./change.js";
import { decide, prepare } from "./decide.js";
import type { Appended, NewEvent } from "./appender.js";
import type { EventLog } from "./event-log.js";
import { StreamMoved } from "./failures.js";
import { States, foldStored, isBegun, latest, ledgerKey, type Loaded } from "./states.js";
import { defaultZone } from "#platform/values/time.js";
import { traced } from "#platform/logging/tracing.js";
import type { Marker } from "./marks.js";
import type { SealedPersonal } from "#seal/sealed.js";
import { streamOf } from "./stored.js";

/** What the write path needs of `libs/seal`. */
export interface Sealer extends Pick<Marker, "mark"> {
  seal(place: { stream: string; event: string; type: string }, personal: Personal): Promise<SealedPersonal>;
  /** Keyed hash of a request: the same request is recognised, an unknown one cannot be guessed from it, and none once `subject` is erased. */
  fingerprint(value: unknown, subject?: string): Promise<string>;
}

const attempts = 20;
/** By how much the clocks of two processes may differ, milliseconds. */
const clocksApart = 5 * 60_000;

export interface ChangesOptions {
  readonly clock?: () => Date;
  /** Where days are counted, by its IANA name. */
  readonly zone?: string;
  /** Waits before a record that others write to is tried anew. */
  readonly pause?: (milliseconds: number) => Promise<unknown>;
}

/** The write path: read, decide, seal, append with the expected revision. */
export class Changes {
  readonly states: States;
  /** Of each type of fact, the position of the last one that was written here. */
  readonly written = new Map<string, bigint>();
  readonly #turns = new Map<string, Promise<unknown>>();

  readonly clock: () => Date;
  readonly zone: string;
  readonly #pause: (milliseconds: number) => Promise<unknown>;

  constructor(
    readonly log: EventLog,
    readonly sealer: Sealer,
    { clock = () => new Date(), zone = defaultZone, pause = pauseFor }: ChangesOptions = {},
  ) {
    this.clock = clock;
    this.zone = zone;
    this.#pause = pause;
    this.states = new States(log);
  }

  /** @throws Refusal, StaleRevision, KeyReused, TooContended, StoreUnavailable, and what sealing throws */
  async apply(change: Change): Promise<ChangeReceipt> {
    const stream = streamOf(change.of.name, change.id);
    // One at a time a stream: changes of the same record in this process need not collide in the store.
    const attributes = { kind: change.of.name, rule: change.rule.name, source: change.options.source ?? "api" };
    const turn = (this.#turns.get(stream) ?? Promise.resolve()).then(() =>
      traced("change", { attributes }, () => this.#decideAndAppend(change, stream)),
    );
    const settled = turn.catch(() => undefined);
    this.#turns.set(stream, settled);
    try {
      return await turn;
    } finally {
      if (this.#turns.get(stream) === settled) this.#turns.delete(stream);
    }
  }

  async #decideAndAppend(change: Change, stream: string): Promise<ChangeReceipt> {
    const { of, id, options } = change;
    let known = options.unread ? null : this.states.known(of, id);
    for (let tried = 0; tried < attempts; tried++) {
      const fresh = known === null && !(options.unread && tried === 0);
      const loaded: Loaded<object> = options.unread ? await this.states.end(of, id, fresh) : (known ?? (await this.states.fresh(of, id)));
      known = null;
      const answer = await this.#answered(change, loaded);
      if (answer) return answer;
      try {
        if (isStale(options.expectedRevision, loaded)) throw new StaleRevision(loaded.revision);
        const others = await this.#others(change);
        const times = this.#times(change, loaded, Object.values(others));
        const also = seenAs(change, others, times);
        const decided = decide(change, stream, { ...loaded.state, ...also }, times);
        // What is known here may be behind: a refusal or "already so" only counts on the stream as it is now.
        if (decided.length === 0 && !fresh) continue;
        const facts = decided.length === 0 && change.options.keyed ? [nothingChanged] : decided;
        if (facts.length === 0) return { id: change.id, revision: loaded.revision, position: loaded.position };
        const after = facts.reduce((state, fact) => change.of.apply(state, fact, { at: times.at, by: change.actor }), loaded.state);
        const requestHash = await this.#requestHash(change, after);
        const events = await prepare(change, { stream, at: times.at, requestHash, loaded }, facts, this.sealer);
        const appended = await traced("append", { attributes: { facts: events.length } }, () =>
          this.log.append(stream, loaded.revision, events),
        );
        return this.#keep(change, stream, loaded, events, appended);
      } catch (error) {
        const retry = error instanceof StreamMoved || (!fresh && (error instanceof Refusal || error instanceof StaleRevision));
        if (!retry) throw error;
        // Several processes that write to one stream, such as the record of who saw a case, must not meet again at once.
        if (fresh) await this.#pause(Math.random() * Math.min(2 ** tried, 50));
      }
    }
    throw new TooContended("others kept changing the same record");
  }

  /** The other aggregates that the rule must see, read afresh at every try. */
  async #others({ options: { also = {} } }: Change): Promise<Record<string, Loaded<object>>> {
    const entries = Object.entries(also).map(async ([name, { of, id, optional, entries: areEntries }]) => {
      if (areEntries) return [name, { ...(await this.states.fresh(of, id)), state: await this.states.entries(of, id) }] as const;
      const loaded = await this.states.fresh(of, id);
      if (!optional && !isBegun(loaded)) throw new Refusal("ReferenceUnknown", { kind: of.name });
      return [name, loaded] as const;
    });
    return Object.fromEntries(await Promise.all(entries));
  }

  /**
   * Where nobody said when it happened, it happened now, and not before what this process has just been told of: its clock may be a little
   * behind that of whoever wrote it. What is brought in as history is decided as of its own time, in order of time.
   */
  #times({ options: { source, occurredAt } }: Change, loaded: Loaded<unknown>, others: readonly Loaded<unknown>[]): Times {
    const { zone } = this;
    const clock = this.clock();
    if (source === "import") {
      require(occurredAt && occurredAt >= loaded.latestAt, "ImportNotInOrder", { notBefore: loaded.latestAt });
      return { at: occurredAt, now: occurredAt, zone };
    }
    const apart = new Date(clock.getTime() + clocksApart).toISOString();
    const heard = [loaded, ...others].map(({ latestAt }) => latestAt).filter((each) => each <= apart);
    const at = occurredAt ?? latest(clock.toISOString(), ...heard);
    return { at, now: latest(clock.toISOString(), at), zone };
  }

  async #answered(change: Change, { done, state }: Loaded<unknown>): Promise<ChangeReceipt | null> {
    const { id, options } = change;
    const before = done.get(ledgerKey(options));
    if (!before) return null;
    // A policy whose rule was renamed meanwhile asks for the same because of the same fact.
    if (options.source !== "policy" && !(await this.#isSame(change, state, before.requestHash)))
      throw new KeyReused("the idempotency key belongs to another request");
    return { id, revision: before.revision, position: before.position };
  }

  /** What was stored before hashes were keyed by the person carries one that is not. */
  async #isSame(change: Change, state: unknown, stored: string): Promise<boolean> {
    return stored === (await this.#requestHash(change, state)) || stored === (await this.sealer.fingerprint(identityOf(change)));
  }

  async #requestHash(change: Change, state: unknown): Promise<string> {
    return this.sealer.fingerprint(identityOf(change), change.options.subject?.(state) || undefined);
  }

  #keep(
    change: Change,
    stream: string,
    loaded: Loaded<object>,
    events: readonly NewEvent[],
    { revision, position }: Appended,
  ): ChangeReceipt {
    const first = loaded.revision + 1n;
    const recordedAt = this.clock().toISOString();
    const after = events.reduce<Loaded<object>>(
      (before, { body, ...event }, index) =>
        foldStored(change.of, before, { stream, ...event, ...body, recordedAt, position, revision: first + BigInt(index) }),
      loaded,
    );
    if (change.options.unread) this.states.keepEnd(stream, after);
    // Its state is folded from the start without what is marked.
    else if (events.some(({ type }) => type === marking)) this.states.forget(stream);
    else this.states.keep(stream, after);
    for (const { type } of events) this.#note(type, position.commit);
    return { id: change.id, revision, position };
  }

  /** Appends to several streams may be confirmed in another order than they were written in. */
  #note(type: string, commit: bigint): void {
    if (commit > (this.written.get(type) ?? -1n)) this.written.set(type, commit);
  }
}

/** What the rule is told of other aggregates. */
const seenAs = ({ options: { also = {} } }: Change, others: Record<string, Loaded<object>>, times: Times): object =>
  Object.fromEntries(Object.entries(also).map(([name, { id, as }]) => [name, as(others[name]!.state, { ...times, id })]));

/** What a stranger wrote, and what changed nothing, leaves what was read before it as it is. */
export const isStale = (expectedRevision: bigint | undefined, { changedAt, revision }: Loaded<unknown>): boolean =>
  expectedRevision !== undefined && (expectedRevision < changedAt || expectedRevision > revision);

/** What makes two requests the same. */
const identityOf = ({ of, id, rule, request, actor, options: { occurredAt } }: Change): unknown =>
  JSON.parse(JSON.stringify({ of: of.name, id, rule: rule.name, request, actor: actor.id, occurredAt }));
