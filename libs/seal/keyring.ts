import { randomBytes } from "node:crypto";
import { PersonKey } from "./box.js";
import * as errors from "./errors.js";
import { destroyedChannel, erased, KeyCache, type SubjectKey } from "./key-cache.js";
import type { KeyEncryptionKey } from "./key-encryption-key.js";
import { asOutage, KeyringDatabase } from "./keyring-database.js";

/** Who ordered it and why: ids of persons and a code, nothing else. Destruction needs two different persons. */
export interface Order {
  readonly reason: string;
  readonly authorisedBy: readonly string[];
}

type KeyState = "active" | "hold" | "destroyed";
interface KeyRow {
  readonly subject: string;
  readonly wrapped: Buffer | null;
  readonly key_encryption_key_id: string | null;
}

/** The keys of persons, wrapped, in a database of their own. Where a key was destroyed a tombstone stays for ever. */
export class Keyring {
  private constructor(
    private readonly database: KeyringDatabase,
    private readonly cache: KeyCache,
    private readonly keyEncryptionKey: KeyEncryptionKey,
    /** 32 random bytes of this keyring, the same in every process and whatever wraps it: other keys are derived from it. */
    readonly secret: Buffer,
  ) {}

  /** Prepares the database and proves the key-encryption key. Throws KeyringUnavailable, WrongKeyEncryptionKey. */
  static async open(url: string, keyEncryptionKey: KeyEncryptionKey): Promise<Keyring> {
    const database = await KeyringDatabase.open(url);
    const cache = new KeyCache(url);
    try {
      const secret = await keyringSecret(database, keyEncryptionKey);
      await cache.listen();
      return new Keyring(database, cache, keyEncryptionKey, secret);
    } catch (error) {
      await Promise.all([cache.close(), database.close()]);
      throw asOutage(error);
    }
  }

  /** Makes keys where there are none. Throws SubjectErased where one was destroyed. `work` gets the keys for this moment only. */
  async sealing<T>(subjects: readonly string[], work: (keyOf: (subject: string) => PersonKey) => T): Promise<T> {
    return this.#using(
      subjects,
      (missing) => this.#make(missing),
      (keyOf) =>
        work((subject) => {
          const key = keyOf(subject);
          if (key === erased) throw new errors.SubjectErased(subject);
          return key;
        }),
    );
  }

  /** The keys, or `erased` where a tombstone stands. Throws SubjectKeyMissing where there is neither. */
  async opening<T>(subjects: readonly string[], work: (keyOf: (subject: string) => SubjectKey) => T): Promise<T> {
    return this.#using(subjects, () => Promise.resolve(), work);
  }

  async destroy(subject: string, { reason, authorisedBy }: Order): Promise<void> {
    const persons = new Set(authorisedBy.map((id) => id.trim().toLowerCase()).filter(Boolean));
    if (persons.size !== 2 || authorisedBy.length !== 2) throw new errors.TwoPersonsRequired();
    await this.database.ask(
      `with destroyed as (
         insert into subject_key (subject, state, destroyed_at, reason, authorised_by) values ($1, 'destroyed', now(), $2, $3)
         on conflict (subject) do update set state = 'destroyed', wrapped = null, destroyed_at = now(),
           reason = excluded.reason, authorised_by = excluded.authorised_by
         where subject_key.state = 'active'
         returning subject)
       select pg_notify('${destroyedChannel}', subject::text) from destroyed`,
      [assertSubject(subject), reason, authorisedBy],
    );
    this.cache.forget(subject);
    if ((await this.#stateOf(subject)) !== "destroyed") throw new errors.SubjectKeyOnHold(subject);
  }

  /** Possible before anything was sealed for this person. Throws SubjectErased when it comes too late. */
  async hold(subject: string, order: Order): Promise<void> {
    await this.sealing([subject], () => undefined);
    await this.#turn(subject, "active", "hold", order);
  }

  async release(subject: string, order: Order): Promise<void> {
    await this.#turn(subject, "hold", "active", order);
  }

  /** After which position in the log every fact has a mark. Of several first to ask, one decides it for all. */
  async markedAfter(end: () => Promise<bigint>): Promise<bigint> {
    const known = async () =>
      (await this.database.ask<{ marked_after: string | null }>("select marked_after::text from keyring", [])).rows[0]!.marked_after;
    const before = await known();
    if (before !== null) return BigInt(before);
    await this.database.ask("update keyring set marked_after = $1 where marked_after is null", [(await end()).toString()]);
    return BigInt((await known())!);
  }

  async close(): Promise<void> {
    await Promise.all([this.cache.close(), this.database.close()]);
    this.secret.fill(0);
  }

  async #turn(subject: string, from: KeyState, to: KeyState, { reason, authorisedBy }: Order): Promise<void> {
    const turned = await this.database.ask(
      "update subject_key set state = $3, reason = $4, authorised_by = $5 where subject = $1 and state = $2",
      [assertSubject(subject), from, to, reason, authorisedBy],
    );
    if (turned.rowCount === 1) return;
    const state = await this.#stateOf(subject);
    if (state === undefined) throw new errors.SubjectKeyMissing(subject);
    if (state === "destroyed") throw new errors.SubjectErased(subject);
  }

  async #stateOf(subject: string): Promise<KeyState | undefined> {
    const { rows } = await this.database.ask<{ state: KeyState }>("select state from subject_key where subject = $1", [subject]);
    return rows[0]?.state;
  }

  async #using<T>(
    wanted: readonly string[],
    makeMissing: (subjects: string[]) => Promise<void>,
    work: (keyOf: (subject: string) => SubjectKey) => T,
  ): Promise<T> {
    const keys = new Map<string, SubjectKey>();
    const notYet = () => [...new Set(wanted)].filter((subject) => !keys.has(subject));
    try {
      for (const subject of new Set(wanted)) {
        const key = this.cache.get(assertSubject(subject));
        if (key) keys.set(subject, key);
      }
      await this.#load(notYet(), keys);
      if (notYet().length) {
        await makeMissing(notYet());
        await this.#load(notYet(), keys);
      }
      return work((subject) => {
        const key = keys.get(subject);
        if (!key) throw new errors.SubjectKeyMissing(subject);
        return key;
      });
    } finally {
      for (const key of keys.values()) if (key !== erased) key.wipe();
    }
  }

  async #load(subjects: readonly string[], into: Map<string, SubjectKey>): Promise<void> {
    if (!subjects.length) return;
    const keep = this.cache.keeper();
    const { rows } = await this.database.ask<KeyRow>(
      "select subject, wrapped, key_encryption_key_id from subject_key where subject = any($1::uuid[])",
      [subjects],
    );
    await Promise.all(
      rows.map(async ({ subject, wrapped, key_encryption_key_id: wrappedBy }) => {
        if (wrapped && wrappedBy !== this.keyEncryptionKey.id) throw wrongKey(wrappedBy, this.keyEncryptionKey);
        const key = wrapped ? new PersonKey(await this.keyEncryptionKey.unwrap(wrapped, subject)) : erased;
        into.set(subject, key);
        keep(subject, key);
      }),
    );
  }

  /** Of several first seals of one person at once, one key wins and all use it. Sorted, so that they cannot block each other. */
  async #make(subjects: string[]): Promise<void> {
    const wrapped = await Promise.all(subjects.sort().map((subject) => this.keyEncryptionKey.wrap(randomBytes(32), subject)));
    await this.database.ask(
      `insert into subject_key (subject, wrapped, key_encryption_key_id)
       select subject, wrapped, $3 from unnest($1::uuid[], $2::bytea[]) as made (subject, wrapped) on conflict do nothing`,
      [subjects, wrapped, this.keyEncryptionKey.id],
    );
  }
}

/** The first process to come begins the keyring under its key-encryption key; every later one must bring the same. */
async function keyringSecret(database: KeyringDatabase, key: KeyEncryptionKey): Promise<Buffer> {
  await database.ask("insert into keyring (key_encryption_key_id, wrapped_secret) values ($1, $2) on conflict do nothing", [
    key.id,
    await key.wrap(randomBytes(32), "keyring"),
  ]);
  const { rows } = await database.ask<{ key_encryption_key_id: string; wrapped_secret: Buffer }>("select * from keyring", []);
  const { key_encryption_key_id: begunWith, wrapped_secret } = rows[0]!;
  if (begunWith !== key.id) throw wrongKey(begunWith, key);
  return key.unwrap(wrapped_secret, "keyring");
}

const wrongKey = (needed: string | null, { id }: KeyEncryptionKey) =>
  new errors.WrongKeyEncryptionKey(
    `This keyring needs the key-encryption key ${needed}, and was given ${id}. Check KEY_FILE and KEYRING_URL.`,
  );

/** Upper case would be the same person to the database and another one to the seal. */
function assertSubject(subject: string): string {
  if (!/^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/.test(subject)) throw new errors.SealMalformed("A subject id is a lower-case UUID.");
  return subject;
}
