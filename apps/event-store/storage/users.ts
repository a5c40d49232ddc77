import { randomBytes, scrypt, timingSafeEqual, type ScryptOptions } from "node:crypto";
import type { Pool } from "pg";
import type { StoreCaller } from "../semantics/access.js";

export const userTable = `
  create table if not exists login (name text primary key, groups text[] not null, password text not null);
  alter table login add column if not exists full_name text not null default '';
  alter table login add column if not exists disabled boolean not null default false;
  alter table login add column if not exists updated_at timestamptz not null default now()`;

/** The channel on which a change of users is told. */
export const usersChanged = "event_store_users";

/** After OWASP's recommendation for scrypt. */
const cost: ScryptOptions = { N: 2 ** 15, r: 8, p: 1, maxmem: 64 * 1024 * 1024 };

const derive = (password: string, salt: Buffer): Promise<Buffer> =>
  new Promise((resolve, reject) => scrypt(password, salt, 32, cost, (error, key) => (error ? reject(error) : resolve(key))));

const hashOf = async (password: string): Promise<string> => {
  const salt = randomBytes(16);
  return `${salt.toString("base64")}.${(await derive(password, salt)).toString("base64")}`;
};

/** A user as others may see her: never the password. */
export interface User {
  readonly login: string;
  readonly fullName: string;
  readonly groups: readonly string[];
  /** She may not sign in until she is enabled again. */
  readonly disabled: boolean;
  readonly updatedAt: Date;
}

/** Who may sign in to the event store. Passwords are kept as scrypt hashes. */
export class Users {
  constructor(readonly pool: Pool) {}

  /** Makes the users that every store begins with, where there is nobody yet: whoever was removed does not come back. */
  async begin(adminPassword: string, opsPassword: string): Promise<void> {
    if ((await this.all()).length > 0) return;
    const every = [
      { login: "admin", group: "$admins", password: adminPassword },
      { login: "ops", group: "$ops", password: opsPassword },
    ];
    await Promise.all(every.map(({ login, group, password }) => this.#add(login, [group], password, "do nothing")));
  }

  /** Makes a user, or gives her these groups and this password. */
  async set(login: string, groups: readonly string[], password: string): Promise<void> {
    await this.#add(login, groups, password, "(name) do update set groups = excluded.groups, password = excluded.password");
  }

  /** False: there is none. */
  async remove(login: string): Promise<boolean> {
    const { rowCount } = await this.pool.query("delete from login where name = $1", [login]);
    await this.#tell();
    return rowCount === 1;
  }

  async all(): Promise<{ login: string; groups: string[] }[]> {
    return (await this.pool.query<{ login: string; groups: string[] }>("select name as login, groups from login order by name")).rows;
  }

  /** Null: nobody of that name and password. */
  async verify(login: string, password: string): Promise<StoreCaller | null> {
    const { rows } = await this.pool.query<{ groups: string[]; password: string }>(
      "select groups, password from login where name = $1 and not disabled",
      [login],
    );
    const [salt, hash] = (rows[0]?.password ?? "").split(".").map((part) => Buffer.from(part, "base64"));
    // An unknown name takes as long as a wrong password.
    const derived = await derive(password, salt ?? Buffer.alloc(16));
    return rows[0] && timingSafeEqual(derived, hash!) ? { login, groups: rows[0].groups } : null;
  }

  /** False: there is one of that name already. */
  async create(login: string, fullName: string, groups: readonly string[], password: string): Promise<boolean> {
    const { rowCount } = await this.pool.query(
      "insert into login (name, full_name, groups, password) values ($1, $2, $3, $4) on conflict do nothing",
      [login, fullName, groups, await hashOf(password)],
    );
    await this.#tell();
    return rowCount === 1;
  }

  /** Null: there is none. */
  async one(login: string): Promise<User | null> {
    const { rows } = await this.pool.query<User>(
      `select name as login, full_name as "fullName", groups, disabled, updated_at as "updatedAt" from login where name = $1`,
      [login],
    );
    return rows[0] ?? null;
  }

  /** Changes what is given of a user, her password included. False: there is none. */
  async change(
    login: string,
    { fullName, groups, disabled, password }: Partial<Pick<User, "fullName" | "groups" | "disabled"> & { password: string }>,
  ): Promise<boolean> {
    const { rowCount } = await this.pool.query(
      `update login set full_name = coalesce($2, full_name), groups = coalesce($3, groups), disabled = coalesce($4, disabled),
         password = coalesce($5, password), updated_at = now() where name = $1`,
      [login, fullName ?? null, groups ?? null, disabled ?? null, password === undefined ? null : await hashOf(password)],
    );
    await this.#tell();
    return rowCount === 1;
  }

  async #add(login: string, groups: readonly string[], password: string, otherwise: string): Promise<void> {
    await this.pool.query(`insert into login (name, groups, password) values ($1, $2, $3) on conflict ${otherwise}`, [
      login,
      groups,
      await hashOf(password),
    ]);
    await this.#tell();
  }

  /** Running stores forget what they know of passwords. */
  async #tell(): Promise<void> {
    await this.pool.query(`notify ${usersChanged}`);
  }
}
