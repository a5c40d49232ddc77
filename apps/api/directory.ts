import { LRUCache } from "lru-cache";
import type { Pool } from "pg";
import { cellAllows, may } from "#access/decide.js";
import { overseers } from "#access/relation.js";
import type { People } from "#api/access/people.js";
import { watcher } from "#api/access/reader.js";
import { relations } from "#domain/domain.js";
import type { Actor } from "#kernel/kernel.js";
import { admit, type Admission, type Arriving, type Employer } from "#people/admission.js";
import { staffNameArea } from "#people/areas.js";
import { organisations } from "#people/organisations.js";
import { organisationView } from "#people/profile/organisation.view.js";
import type { StaffName } from "#people/staff/staff.js";
import { staffRecords } from "#people/staff/staff-records.js";
import { unavailable } from "#platform/http/problem.js";
import { sealedPart, viewName, type View } from "#projection/declare/view.js";
import type { Progress } from "#projection/read/progress.js";
import { ask } from "#projection/read/reading.js";
import { KeyringUnavailable, SealMalformed, SealTampered, SubjectKeyMissing } from "#seal/errors.js";
import type { Seal } from "#seal/seal.js";
import type { SealedPart } from "#seal/sealed.js";
import type { EventLog } from "#store/event-log.js";
import { follow, type Delivery } from "#store/follow.js";
import { States } from "#store/states.js";
import { idOf, isStreamOf, streamOf } from "#store/stored.js";

/** How long somebody waits who comes before it is known who works here, milliseconds. */
const patience = 2_000;
/** How long it may be unknown whether somebody was sent away, milliseconds: then nobody is let in. */
const unheard = 5_000;

/** After it has begun to follow, what came before may still be on its way for so long, milliseconds. */
const catchingUp = 1_000;

/** How long somebody who was unknown is taken to be so, milliseconds. */
const strangerFor = 1_000;

/** Why a name cannot be said. Whoever opens the record itself is told, and so is the operator. */
const unopened = [KeyringUnavailable, SealMalformed, SealTampered, SubjectKeyMissing];

interface Known {
  readonly log: EventLog;
  readonly reading: Pool;
  readonly progress: Pick<Progress, "lowest">;
  readonly seal: Pick<Seal, "open">;
}

/**
 * Who works here: of every organisation what its own stream says, followed as it grows. Tables tell which organisations there are, and never
 * what somebody may: whoever can write to a table gives herself no role by it.
 */
export class Directory implements People {
  readonly #states: States;
  readonly #employers = new Map<string, Employer>();
  readonly #watching = new Map<string, Set<() => void>>();
  /** Staff id -> her sealed name; null: she has none. */
  readonly #names = new LRUCache<string, { readonly part: SealedPart | null }>({ max: 5_000, ttl: 60_000 });
  /** Who somebody of another issuer is here. */
  readonly #joined = new LRUCache<string, { readonly staff: string | null }>({ max: 10_000 });
  readonly #stopping = new AbortController();
  readonly #ready = Promise.withResolvers<void>();
  #isReady = false;
  #position = -1n;
  #head: bigint | undefined;
  #quiet: NodeJS.Timeout | undefined;
  /** Since when nothing is heard of the log, by the clock of this process, milliseconds; null: it is heard of. */
  #deafSince: number | null = performance.now();
  #following: Promise<void> = Promise.resolve();

  constructor(private readonly known: Known) {
    this.#states = new States(known.log);
    this.#ready.promise.catch(() => undefined);
  }

  /** Reads what each organisation's stream says, and follows from where the table of organisations is. */
  async start(): Promise<void> {
    const { log, reading, progress } = this.known;
    this.#position = progress.lowest([viewName(organisationView as unknown as View)]);
    for (const id of await organisationsIn(reading)) await this.#take(id);
    const interrupted = () => void (this.#deafSince ??= performance.now());
    const follower = {
      follows: { streams: [`${organisations.name}-`, `${staffRecords.name}-`] },
      position: async () => (this.#position < 0n ? null : { commit: this.#position, prepare: this.#position }),
      deliver: (delivery: Delivery) => this.#deliver(delivery),
      confirmed: () => void this.#begin().catch(interrupted),
      interrupted,
    };
    this.#following = follow(log, follower, this.#stopping.signal).catch(interrupted);
  }

  async close(): Promise<void> {
    clearTimeout(this.#quiet);
    this.#stopping.abort();
    await this.#following;
  }

  /** As whom somebody acts. @throws 503 where it is not known */
  async admit(arriving: Arriving): Promise<Admission> {
    if (!(await this.#knows())) throw unavailable();
    return admit(this.#employers, arriving);
  }

  /** Is nobody here yet, because the first organisation has not been founded? Answered when it is known. */
  async isEmpty(): Promise<boolean> {
    await this.#ready.promise;
    return this.#employers.size === 0;
  }

  /** In which roles somebody may act. */
  rolesOf = (person: string): readonly string[] => [
    ...new Set([...this.#employers.values()].flatMap(({ members }) => (members[person]?.active ? members[person].roles : []))),
  ];

  postsOf = (person: string): readonly { readonly roles: readonly string[]; readonly host: string | null }[] =>
    [...this.#employers.values()].flatMap(({ members, profile }) =>
      members[person]?.active ? [{ roles: members[person].roles, host: profile.onboardedBy }] : [],
    );

  /** Who somebody is here whom another issuer signs in; null: nobody. Found by the table, believed by her own stream. */
  async staffOf(issuer: string, subject: string): Promise<string | null> {
    const key = `${issuer} ${subject}`;
    const joined = this.#joined.get(key);
    if (joined) return joined.staff;
    const text = "select id from staff where sign_ins @> $1::jsonb";
    const rows = await ask<{ id: string }>(
      this.known.reading,
      { text, values: [JSON.stringify([{ issuer, subject }])] },
      watcher(relations),
    );
    const believed = await Promise.all(rows.map(({ id }) => this.#states.fresh(staffRecords, id).then(({ state }) => ({ id, state }))));
    const found = believed.find(({ state }) => state.staff.signIns.some((each) => each.issuer === issuer && each.subject === subject));
    const staff = found?.id ?? null;
    this.#joined.set(key, { staff }, { ttl: staff === null ? strangerFor : 60_000 });
    return staff;
  }

  async names(ids: readonly string[], actor: Actor): Promise<ReadonlyMap<string, string>> {
    const shown = [...new Set(ids)].filter((id) => this.#maySee(actor, id));
    const parts = await Promise.all(shown.map(async (id) => ({ id, part: await this.#sealedName(id) })));
    const there = parts.flatMap(({ id, part }) => (part ? [{ id, part }] : []));
    if (there.length === 0) return new Map();
    const opened = await this.known.seal.open(there.map(({ part }) => part)).catch((error: unknown) => {
      // What happened is told whether or not it can be said by whom.
      if (unopened.some((kind) => error instanceof kind)) return there.map(() => null);
      throw error;
    });
    return new Map(there.flatMap(({ id }, index) => (opened[index] ? [[id, (opened[index] as StaffName).name] as const] : [])));
  }

  isColleague({ organisation }: Actor, person: string): boolean {
    const employer = organisation === undefined ? undefined : this.#employers.get(organisation);
    return employer !== undefined && Object.hasOwn(employer.members, person);
  }

  watch(person: string, tell: () => void): () => void {
    const watching = this.#watching.get(person) ?? new Set();
    this.#watching.set(person, watching.add(tell));
    return () => {
      watching.delete(tell);
      if (watching.size === 0) this.#watching.delete(person);
    };
  }

  /** Colleagues of one organisation know each other by name; whoever checks others' work knows all. */
  #maySee(actor: Actor, person: string): boolean {
    if (!cellAllows(actor, may("read", staffNameArea))) return false;
    return overseers.includes(actor.role) || this.isColleague(actor, person);
  }

  async #sealedName(id: string): Promise<SealedPart | null> {
    const known = this.#names.get(id);
    if (known) return known.part;
    let part: SealedPart | null = null;
    for await (const stored of this.known.log.readStream(streamOf(staffRecords.name, id)))
      if (stored.integrity !== "forged") part = sealedPart(stored, staffNameArea) ?? part;
    this.#names.set(id, { part });
    return part;
  }

  async #knows(): Promise<boolean> {
    if (this.#deafSince !== null && performance.now() - this.#deafSince > unheard) return false;
    if (this.#isReady) return true;
    let late: NodeJS.Timeout | undefined;
    const waited = new Promise<false>((resolve) => (late = setTimeout(() => resolve(false), patience).unref()));
    const knows = await Promise.race([this.#ready.promise.then(() => true), waited]);
    clearTimeout(late);
    return knows;
  }

  /** What was written before this moment has to be told first. */
  async #begin(): Promise<void> {
    this.#head ??= (await this.known.log.head())?.commit ?? -1n;
    this.#deafSince = null;
    this.#look();
  }

  /** Known when the log's end is reached; or, where its end is nothing that is followed, when nothing more has come for a while. */
  #look(): void {
    if (this.#head === undefined) return;
    clearTimeout(this.#quiet);
    const ready = () => {
      this.#isReady = true;
      this.#ready.resolve();
    };
    if (this.#position >= this.#head) ready();
    else this.#quiet = setTimeout(ready, catchingUp).unref();
  }

  async #deliver({ facts, position }: Delivery): Promise<void> {
    const told = new Set(facts.filter(({ integrity }) => integrity !== "forged").map(({ stream }) => stream));
    for (const stream of told) {
      if (isStreamOf(organisations.name, stream)) await this.#take(idOf(stream));
      else this.#names.delete(idOf(stream));
    }
    this.#position = position.commit;
    this.#deafSince = null;
    this.#look();
  }

  /** The organisation as its stream is now. Whoever may no longer act as she did is told so. */
  async #take(id: string): Promise<void> {
    const before = this.#employers.get(id);
    const { state } = await this.#states.fresh(organisations, id);
    if (state.profile.onboardedAt === null) return;
    this.#employers.set(id, state);
    if (!before) return;
    const everybody = before.profile.suspended !== state.profile.suspended;
    for (const [person, post] of Object.entries(before.members))
      if (everybody || JSON.stringify(post) !== JSON.stringify(state.members[person]))
        for (const tell of this.#watching.get(person) ?? []) tell();
  }
}

/** Where no projector has made the table yet, the log tells all. */
async function organisationsIn(reading: Pool): Promise<readonly string[]> {
  try {
    const rows = await ask<{ id: string }>(reading, { text: "select id from organisation", values: [] }, watcher(relations));
    return rows.map(({ id }) => id);
  } catch (error) {
    if ((error as { code?: string }).code === undefinedTable) return [];
    throw error;
  }
}

const undefinedTable = "42P01";
