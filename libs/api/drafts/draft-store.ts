import type { Pool } from "pg";
import { makeTables } from "#platform/postgres/own-tables.js";

// What somebody has written and not sent, in a schema that no rebuild touches: it is in no log, which would keep it for ever.

/** To which change a draft belongs. */
export interface DraftPlace {
  readonly author: string;
  readonly operation: string;
  /** Null: of a record that is to be begun. */
  readonly record: string | null;
}

/** A draft as it is kept: what was written is sealed. */
export interface KeptDraft extends DraftPlace {
  readonly id: string;
  /** Under whose key it is sealed. */
  readonly subject: string;
  readonly revision: number;
  /** A keyed hash of what was written, by which the same text is known. */
  readonly digest: string;
  readonly sealed: string;
  readonly changedAt: Date;
}
export type NewDraft = Omit<KeptDraft, "changedAt">;

/** A draft as whoever sends it with a change names it. */
export interface DraftReference {
  readonly id: string;
  readonly revision: number;
}

/** Drafts that nobody has touched for so many days are removed. */
export const draftDays = 90;
/** So many one person may keep. */
export const mostDrafts = 200;

const tables = `
  create schema if not exists drafts;
  create table if not exists drafts.draft (
    author text not null,
    id uuid not null,
    operation text not null,
    record uuid,
    subject uuid not null,
    revision int not null,
    digest text not null,
    sealed text not null,
    changed_at timestamptz not null default now(),
    primary key (author, id)
  );
  create index if not exists draft_author on drafts.draft (author, changed_at);
  create index if not exists draft_changed on drafts.draft (changed_at);
`;
const beginning = 74_153_002;
const columns = `id, author, operation, record, subject, revision, digest, sealed, changed_at as "changedAt"`;
const isFresh = `changed_at > now() - interval '${draftDays} days'`;

export class DraftStore {
  constructor(private readonly pool: Pool) {}

  /** Makes its tables where they are not there. */
  async open(): Promise<this> {
    await makeTables(this.pool, beginning, tables);
    return this;
  }

  close(): Promise<void> {
    return this.pool.end();
  }

  /** Of this author; of anybody else's there is none. */
  async find(id: string, author: string): Promise<KeptDraft | null> {
    const text = `select ${columns} from drafts.draft where id = $1 and author = $2 and ${isFresh}`;
    return (await this.pool.query<KeptDraft>(text, [id, author])).rows[0] ?? null;
  }

  /** All of one author, the newest first. */
  async of(author: string): Promise<KeptDraft[]> {
    const text = `select ${columns} from drafts.draft where author = $1 and ${isFresh} order by changed_at desc, id limit ${mostDrafts}`;
    return (await this.pool.query<KeptDraft>(text, [author])).rows;
  }

  /** Keeps a new one. False: she has one of this id, or as many as she may. */
  async begin({ id, author, operation, record, subject, revision, digest, sealed }: NewDraft): Promise<boolean> {
    const text = `insert into drafts.draft (id, author, operation, record, subject, revision, digest, sealed)
      select $1, $2, $3, $4, $5, $6, $7, $8
      where (select count(*) from drafts.draft where author = $2 and ${isFresh}) < ${mostDrafts}
      on conflict (author, id) do nothing`;
    await this.pool.query(`delete from drafts.draft where author = $1 and not ${isFresh}`, [author]);
    return (await this.pool.query(text, [id, author, operation, record, subject, revision, digest, sealed])).rowCount === 1;
  }

  /** Keeps it in place of the revision before. False: that is not how it stands. */
  async replace({ id, author, operation, record, subject, revision, digest, sealed }: NewDraft): Promise<boolean> {
    const text = `update drafts.draft set subject = $5, revision = $6, digest = $7, sealed = $8, changed_at = now()
      where id = $1 and author = $2 and operation = $3 and record is not distinct from $4 and revision = $6 - 1 and ${isFresh}`;
    return (await this.pool.query(text, [id, author, operation, record, subject, revision, digest, sealed])).rowCount === 1;
  }

  async remove(id: string, author: string): Promise<void> {
    await this.pool.query("delete from drafts.draft where id = $1 and author = $2", [id, author]);
  }

  /** It was sent, as it stood then. What was written since is kept. */
  async sent({ id, revision }: DraftReference, { author, operation, record }: DraftPlace): Promise<void> {
    const text = `delete from drafts.draft
      where id = $1 and revision = $2 and author = $3 and operation = $4 and record is not distinct from $5`;
    await this.pool.query(text, [id, revision, author, operation, record]);
  }

  /** Those that nobody has touched for so long, whether or not their author still works here. */
  async removeExpired(): Promise<void> {
    await this.pool.query(`delete from drafts.draft where not ${isFresh}`);
  }

  /** Under whose keys drafts are sealed. */
  async subjects(): Promise<string[]> {
    return (await this.pool.query<{ subject: string }>("select distinct subject from drafts.draft")).rows.map(({ subject }) => subject);
  }

  async removeOf(subject: string): Promise<void> {
    await this.pool.query("delete from drafts.draft where subject = $1", [subject]);
  }
}
