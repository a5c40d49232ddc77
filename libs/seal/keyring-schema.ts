import type { Pool } from "pg";

/** Each step runs once, in order, and is never edited afterwards. */
const steps = [
  `create table subject_key (
     subject uuid primary key,
     state text not null default 'active' check (state in ('active', 'hold', 'destroyed')),
     wrapped bytea,
     key_encryption_key_id text,
     created_at timestamptz not null default now(),
     destroyed_at timestamptz,
     reason text,
     authorised_by text[] not null default '{}',
     check ((state = 'destroyed') = (wrapped is null)),
     check ((state = 'destroyed') = (destroyed_at is not null)),
     check (state <> 'destroyed' or (cardinality(authorised_by) = 2 and authorised_by[1] <> authorised_by[2]))
   );
   -- A destroyed key must not linger in the table's file: it is swept at the next round, not when there are many.
   alter table subject_key set (autovacuum_vacuum_threshold = 0, autovacuum_vacuum_scale_factor = 0);

   create function refuse_to_touch_a_tombstone() returns trigger language plpgsql as
     $$ begin raise exception 'the key of this subject was destroyed for ever'; end $$;
   create trigger tombstones_stay before update or delete on subject_key
     for each row when (old.state = 'destroyed') execute function refuse_to_touch_a_tombstone();

   create table keyring (
     single boolean primary key default true check (single),
     key_encryption_key_id text not null,
     wrapped_secret bytea not null
   );`,
  // What may have no mark is decided once: whoever could move this could pass a forged fact off as an old one.
  `alter table keyring add marked_after numeric(20);
   create function refuse_to_move_the_beginning() returns trigger language plpgsql as
     $$ begin raise exception 'it was decided before which facts may have no mark'; end $$;
   create trigger marks_stay before update on keyring
     for each row when (old.marked_after is not null and new.marked_after is distinct from old.marked_after)
     execute function refuse_to_move_the_beginning();`,
];

/** Brings the keyring's tables up to date; several processes may start at once. */
export async function prepareKeyring(pool: Pool): Promise<void> {
  const client = await pool.connect();
  try {
    await client.query("begin");
    await client.query("select pg_advisory_xact_lock(hashtext('hifadhi keyring schema'))");
    await client.query(
      "create table if not exists keyring_version (step integer primary key, applied_at timestamptz not null default now())",
    );
    const { rows } = await client.query<{ done: number }>("select count(*)::int as done from keyring_version");
    for (let step = rows[0]!.done; step < steps.length; step++) {
      await client.query(steps[step]!);
      await client.query("insert into keyring_version (step) values ($1)", [step]);
    }
    await client.query("commit");
  } catch (error) {
    await client.query("rollback").catch(() => undefined);
    throw error;
  } finally {
    client.release();
  }
}
