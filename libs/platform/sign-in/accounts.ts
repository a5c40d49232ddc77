import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from "node:crypto";
import type { Pool } from "pg";
import { makeTables } from "#platform/postgres/own-tables.js";
import { digestOf } from "./digest.js";

// What signing in needs and no log holds: password hashes, second factors, one-time links and tickets, in a schema that no rebuild touches.

/** One who signs in here by name and password. */
export interface Account {
  /** Her staff id: `sub` of her tokens. */
  readonly staff: string;
  readonly username: string;
  readonly password: string;
  /** Base32; null: she has none yet. */
  readonly secondFactor: string | null;
}

/** What a one-time link lets its holder do. `found`: begin the first organisation; `join`: sign in for the first time, or anew. */
export interface SignInLink {
  readonly kind: "found" | "join";
  readonly staff: string | null;
}

const schema = `
  create schema if not exists sign_in;
  create table if not exists sign_in.account (
    staff text primary key,
    username text not null unique,
    password text not null,
    second_factor bytea,
    last_step bigint not null default 0,
    tokens_after timestamptz not null default '-infinity'
  );
  create table if not exists sign_in.link (
    digest bytea primary key,
    kind text not null,
    staff text,
    until timestamptz not null
  );
  create table if not exists sign_in.ticket (digest bytea primary key, caller jsonb not null, until timestamptz not null);
  create table if not exists sign_in.provider (
    model text not null,
    id text not null,
    payload jsonb not null,
    until timestamptz,
    account text,
    primary key (model, id)
  );
  create index if not exists provider_grant on sign_in.provider ((payload->>'grantId'));
  create index if not exists provider_uid on sign_in.provider ((payload->>'uid'));
  create index if not exists provider_account on sign_in.provider (account);
  create index if not exists provider_until on sign_in.provider (until);
`;

/** Somebody else has this name already. */
export class UsernameTaken extends Error {}

const unique = "23505";
const beginning = 74_153_001;

export class Accounts {
  readonly #secret: Uint8Array | undefined;

  /** `secret`: what second factors are encrypted with, so that the tables alone show none; not needed where nobody signs in here. */
  constructor(
    readonly pool: Pool,
    secret?: Uint8Array,
  ) {
    this.#secret = secret;
  }

  /** Makes its tables where they are not there. */
  async open(): Promise<this> {
    await makeTables(this.pool, beginning, schema);
    return this;
  }

  byUsername = (username: string): Promise<Account | null> => this.#find("username", username.normalize("NFKC").toLowerCase());
  byStaff = (staff: string): Promise<Account | null> => this.#find("staff", staff);

  /** A name and a password for somebody, for the first time or anew; with a new password everything that she had signed in before ends. @throws UsernameTaken */
  async keep(staff: string, username: string, password: string): Promise<void> {
    const text = `insert into sign_in.account (staff, username, password) values ($1, $2, $3)
      on conflict (staff) do update set username = excluded.username, password = excluded.password, second_factor = null, last_step = 0`;
    try {
      await this.pool.query(text, [staff, username.normalize("NFKC").toLowerCase(), password]);
    } catch (error) {
      if ((error as { code?: string }).code === unique) throw new UsernameTaken("the name is taken");
      throw error;
    }
    await this.signOut(staff);
  }

  async keepSecondFactor(staff: string, secret: string): Promise<void> {
    const text = "update sign_in.account set second_factor = $2, last_step = 0 where staff = $1";
    await this.pool.query(text, [staff, this.#encrypted(staff, secret)]);
  }

  /** Uses a code of this step up: false where that step, or a later one, was used before. */
  async useStep(staff: string, step: number): Promise<boolean> {
    const text = "update sign_in.account set last_step = $2 where staff = $1 and last_step < $2";
    return (await this.pool.query(text, [staff, step])).rowCount === 1;
  }

  /** Ends everything that somebody has signed in, everywhere: sessions, refreshes, and tokens that were issued before now. */
  async signOut(staff: string): Promise<void> {
    await this.pool.query("delete from sign_in.provider where account = $1", [staff]);
    await this.pool.query("update sign_in.account set tokens_after = now() where staff = $1", [staff]);
  }

  /** Tokens of hers that were issued before this moment count no longer, milliseconds. */
  async tokensAfter(staff: string): Promise<number> {
    const text = "select extract(epoch from tokens_after) * 1000 as after from sign_in.account where staff = $1";
    const [row] = (await this.pool.query<{ after: string }>(text, [staff])).rows;
    return row && Number.isFinite(Number(row.after)) ? Number(row.after) : 0;
  }

  /** A link that can be used once until then. Kept as a digest: whoever reads the table can use none. */
  async newLink({ kind, staff }: SignInLink, until: Date): Promise<string> {
    const secret = randomBytes(24).toString("base64url");
    await this.pool.query("delete from sign_in.link where until < now() or ($1 = 'found' and kind = 'found') or (staff = $2)", [
      kind,
      staff,
    ]);
    await this.pool.query("insert into sign_in.link values ($1, $2, $3, $4)", [digestOf(secret), kind, staff, until]);
    return secret;
  }

  async link(secret: string): Promise<SignInLink | null> {
    const text = "select kind, staff from sign_in.link where digest = $1 and until > now()";
    return (await this.pool.query<SignInLink>(text, [digestOf(secret)])).rows[0] ?? null;
  }

  /** Takes the link: of several at once one gets it. */
  async useLink(secret: string): Promise<SignInLink | null> {
    const text = "delete from sign_in.link where digest = $1 and until > now() returning kind, staff";
    return (await this.pool.query<SignInLink>(text, [digestOf(secret)])).rows[0] ?? null;
  }

  /** Gives a link back that was taken for nothing. */
  async restoreLink(secret: string, { kind, staff }: SignInLink, until: Date): Promise<void> {
    await this.pool.query("insert into sign_in.link values ($1, $2, $3, $4)", [digestOf(secret), kind, staff, until]);
  }

  /** What stands for somebody's token once, for a browser that can send no header. */
  async newTicket(caller: object, until: Date): Promise<string> {
    const secret = randomBytes(24).toString("base64url");
    await this.pool.query("delete from sign_in.ticket where until < now()");
    await this.pool.query("insert into sign_in.ticket values ($1, $2, $3)", [digestOf(secret), JSON.stringify(caller), until]);
    return secret;
  }

  async useTicket<Caller>(secret: string): Promise<Caller | null> {
    const text = "delete from sign_in.ticket where digest = $1 and until > now() returning caller";
    return (await this.pool.query<{ caller: Caller }>(text, [digestOf(secret)])).rows[0]?.caller ?? null;
  }

  async #find(column: "staff" | "username", value: string): Promise<Account | null> {
    const text = `select staff, username, password, second_factor from sign_in.account where ${column} = $1`;
    const [row] = (await this.pool.query<Omit<Account, "secondFactor"> & { second_factor: Buffer | null }>(text, [value])).rows;
    if (!row) return null;
    const { second_factor, ...account } = row;
    return { ...account, secondFactor: second_factor && this.#decrypted(account.staff, second_factor) };
  }

  get #key(): Buffer {
    if (!this.#secret) throw new Error("nobody signs in here, so that there is no key for second factors");
    return Buffer.from(hkdfSync("sha256", this.#secret, "", "second factors", 32));
  }

  #encrypted(staff: string, secret: string): Buffer {
    const nonce = randomBytes(12);
    const cipher = createCipheriv("aes-256-gcm", this.#key, nonce).setAAD(Buffer.from(staff));
    return Buffer.concat([nonce, cipher.update(secret, "utf8"), cipher.final(), cipher.getAuthTag()]);
  }

  #decrypted(staff: string, kept: Buffer): string {
    const decipher = createDecipheriv("aes-256-gcm", this.#key, kept.subarray(0, 12)).setAAD(Buffer.from(staff));
    decipher.setAuthTag(kept.subarray(-16));
    return Buffer.concat([decipher.update(kept.subarray(12, -16)), decipher.final()]).toString("utf8");
  }
}
