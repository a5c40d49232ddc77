import type { ClientBase } from "pg";
import { columnOf, tableOf, type ViewTable } from "./columns.js";
import { readerRole } from "./reader-role.js";
import type { View } from "./view.js";

type QueryClient = Pick<ClientBase, "query">;

// What an answer is cut from is narrowed twice: by what the api asks, and by Postgres itself, which lets through only rows that are for whoever it
// was told reads. Where one of the two were forgotten somewhere, the other still holds.

/** What Postgres is told of who reads, as settings of the session; nothing told: nothing is let through. */
export const readerSettings = {
  /** Areas that her role may read in every house. */
  areas: "hifadhi.areas",
  shelter: "hifadhi.shelter",
  organisation: "hifadhi.organisation",
  /** As what she stands in a relation. */
  relation: (name: string): string => `hifadhi.relation_${name.replaceAll("-", "_")}`,
  /** `yes`: she checks others' work, and stands to every record of this kind. */
  all: (aggregate: string): string => `hifadhi.all_${aggregate.replaceAll("-", "_")}`,
} as const;

const told = (setting: string): string => `nullif(current_setting('${setting}', true), '')`;
const toldList = (setting: string): string => `${told(setting)}::text[]`;

/** Makes the role that the api reads as, once for all databases of a server. */
export async function createReader(query: (text: string) => Promise<unknown>): Promise<void> {
  await query(`do $$ begin
    if not exists (select from pg_roles where rolname = '${readerRole}') then
      begin
        create role ${readerRole} nologin;
      exception
        when duplicate_object or unique_violation then null;
        when insufficient_privilege then raise exception using errcode = 'insufficient_privilege', message =
          'The user of DATABASE_URL may not create roles: let an administrator run "create role ${readerRole} nologin; grant ${readerRole} to ' || current_user || '".';
      end;
    end if;
    if not pg_has_role(current_user, '${readerRole}', case when current_setting('server_version_num')::int >= 160000 then 'set' else 'member' end) then
      execute format('grant ${readerRole} to %I', current_user);
    end if;
  end $$`);
  await query(`grant select on projection_checkpoint, projection_dead_letter, chain_finding to ${readerRole}`);
}

/** The aggregates to whose records somebody may stand in a relation, each with the tables that tell of it. */
function relationsIn(views: readonly View<any, any>[]): Map<string, ViewTable[]> {
  const tables = views.map(({ row }) => tableOf(row)).filter(({ relation }) => relation !== undefined);
  return Map.groupBy(tables, ({ relation }) => relation!.to);
}

/**
 * `reached_case`, `barred_case`: the records to which whoever reads stands, and those from which a wall keeps her. Policies ask these instead of
 * the tables, so that a table can be exchanged for one that was folded anew. Views, because Postgres then plans the question with the one that it
 * belongs to: a function would be called for every row. Their tables have to be there.
 */
export async function createRelationViews(client: QueryClient, views: readonly View<any, any>[]): Promise<void> {
  for (const [aggregate, tables] of relationsIn(views)) {
    const rowsOf = ({ table, relation }: ViewTable) =>
      `select record from "${table}" where holder = any(${toldList(readerSettings.relation(relation!.name))}) and (until is null or until > now())`;
    const nobody = "select ''::text as record where false";
    for (const what of ["reached", "barred"] as const) {
      const among = tables.filter(({ relation }) => relation!.bars === (what === "barred"));
      await replaceView(client, nameOf(what, aggregate), [nobody, ...among.map(rowsOf)].join(" union all "));
    }
  }
}

const viewsOfRelations = `select relname as name, obj_description(oid, 'pg_class') as definition from pg_class
  where relkind = 'v' and relnamespace = 'public'::regnamespace and relname ~ '^(reached|barred)_'
    and obj_description(oid, 'pg_class') is not null`;

/** Their names. */
export const relationViews = async (client: QueryClient): Promise<string[]> =>
  (await client.query<{ name: string }>(viewsOfRelations)).rows.map(({ name }) => `public.${name}`);

/** Lets the views ask the tables that now have the names that they were made with. */
export async function renewRelationViews(client: QueryClient): Promise<void> {
  const { rows } = await client.query<{ name: string; definition: string }>(viewsOfRelations);
  for (const { name, definition } of rows) await replaceView(client, name, definition);
}

/** The text stands beside the view, because Postgres itself remembers tables and not their names. */
async function replaceView(client: QueryClient, name: string, definition: string): Promise<void> {
  await client.query(`create or replace view public.${name} as ${definition};
    comment on view public.${name} is '${definition.replaceAll("'", "''")}';
    grant select on public.${name} to ${readerRole}`);
}

const nameOf = (what: "reached" | "barred", aggregate: string): string => `${what}_${aggregate.replaceAll("-", "_")}`;

/** Which rows of a table are let through: of a table that says nothing of it, none. */
function conditionOf(table: ViewTable): string {
  if (table.relation) return `holder = any(${toldList(readerSettings.relation(table.relation.name))})`;
  const [aggregate, property] = table.concerns ?? [];
  // With an offset, Postgres asks row by row: a page has few rows, and somebody may stand to more records than Postgres could read for each.
  const among = (what: "reached" | "barred") =>
    `exists (select from public.${nameOf(what, aggregate!)} as r where r.record = "${table.table}"."${columnOf(table, property!).column}"::text offset 0)`;
  const barred = aggregate && among("barred");
  const all = aggregate && `coalesce(${told(readerSettings.all(aggregate))} = 'yes', false)`;
  const reaches = aggregate && `((${all} or ${among("reached")}) and not ${barred})`;
  const { area, house, organisation } = table.rows ?? {};
  const every = area && `coalesce('${area}' = any(${toldList(readerSettings.areas)}), false)`;
  const own = house && `"${columnOf(table, house).column}"::text = ${told(readerSettings.shelter)}`;
  if (own && reaches) return `(${every} and ${reaches}) or (${own} and not ${barred})`;
  if (own) return `${every} or ${own}`;
  if (reaches) return every ? `${every} and not ${barred}` : reaches;
  if (organisation) return `${every} and "${columnOf(table, organisation).column}"::text = ${told(readerSettings.organisation)}`;
  return every ?? "false";
}

/** Lets through what is for whoever reads, and nothing else. Made with the table, before anybody can ask it. */
export async function protectRows(client: QueryClient, view: View): Promise<void> {
  const table = tableOf(view.row);
  const condition = conditionOf(table);
  const { rows } = await client.query<{ condition: string | null }>(
    "select obj_description(oid, 'pg_policy') as condition from pg_policy where polname = 'readers' and polrelid = to_regclass($1)",
    [`"${table.table}"`],
  );
  // It would keep everybody from the table for a moment, and mostly it is as it was.
  if (rows[0]?.condition === condition) return;
  await client.query(`alter table "${table.table}" enable row level security;
    drop policy if exists readers on "${table.table}";
    create policy readers on "${table.table}" for select to ${readerRole} using (${condition});
    comment on policy readers on "${table.table}" is '${condition.replaceAll("'", "''")}';
    grant select on "${table.table}" to ${readerRole}`);
}
