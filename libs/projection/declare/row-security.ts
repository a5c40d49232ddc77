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
 * `reaches_case(id)`, `barred_from_case(id)`: made anew by every program that starts, after the relations that it knows. They find the tables by
 * name when they are asked, so that a table that was folded anew is asked instead of the old one.
 */
export async function replaceFunctions(client: QueryClient, views: readonly View[]): Promise<void> {
  for (const [aggregate, tables] of relationsIn(views)) {
    const among = (each: ViewTable) =>
      `exists (select from "${each.table}" as r where r.record = $1 and r.holder = any(${toldList(readerSettings.relation(each.relation!.name))}) and (r.until is null or r.until > now()))`;
    const lets = tables.filter(({ relation }) => !relation!.bars).map(among);
    const bars = tables.filter(({ relation }) => relation!.bars).map(among);
    const all = `coalesce(${told(readerSettings.all(aggregate))} = 'yes', false)`;
    await client.query(`create or replace function public.${nameOf("barred_from", aggregate)}(text) returns boolean language plpgsql stable as $$
      begin return ${[...bars, "false"].join(" or ")}; end $$`);
    await client.query(`create or replace function public.${nameOf("reaches", aggregate)}(text) returns boolean language plpgsql stable as $$
      begin return (${[all, ...lets].join(" or ")}) and not (${[...bars, "false"].join(" or ")}); end $$`);
  }
}

const nameOf = (what: string, aggregate: string): string => `${what}_${aggregate.replaceAll("-", "_")}`;

/** Which rows of a table are let through: of a table that says nothing of it, none. */
function conditionOf(table: ViewTable): string {
  if (table.relation) return `holder = any(${toldList(readerSettings.relation(table.relation.name))})`;
  const [aggregate, property] = table.concerns ?? [];
  const asked = (what: string) => aggregate && `public.${nameOf(what, aggregate)}("${columnOf(table, property!).column}"::text)`;
  const [reaches, barred] = [asked("reaches"), asked("barred_from")];
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
