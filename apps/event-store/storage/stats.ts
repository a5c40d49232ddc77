import type { Pool } from "pg";

/** How much is stored. Sizes in bytes; `perEvent`: what one event costs there. */
export interface Stats {
  readonly events: number;
  readonly streams: number;
  readonly groups: number;
  readonly users: number;
  readonly lastPosition: string;
  readonly sizes: readonly { readonly name: string; readonly kind: "table" | "index"; readonly bytes: number; readonly perEvent: number }[];
}

export async function statsOf(pool: Pool): Promise<Stats> {
  const { rows } = await pool.query<{ events: string; streams: string; groups: string; users: string; last: string }>(`
    select (select count(*) from event) as events, (select count(*) from stream) as streams,
      (select count(*) from persistent_group) as groups, (select count(*) from login) as users,
      (select coalesce(max(position), -1) from event)::text as last`);
  const { rows: sizes } = await pool.query<{ name: string; kind: "table" | "index"; bytes: string }>(`
    select relname as name, case relkind when 'i' then 'index' else 'table' end as kind,
      case relkind when 'i' then pg_relation_size(oid) else pg_table_size(oid) end as bytes
    from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'i') order by bytes desc`);
  const { events, streams, groups, users, last } = rows[0]!;
  const perEvent = (bytes: string) => Math.round((Number(bytes) / Math.max(1, Number(events))) * 10) / 10;
  return {
    events: Number(events),
    streams: Number(streams),
    groups: Number(groups),
    users: Number(users),
    lastPosition: last,
    sizes: sizes.map(({ name, kind, bytes }) => ({ name, kind, bytes: Number(bytes), perEvent: perEvent(bytes) })),
  };
}
