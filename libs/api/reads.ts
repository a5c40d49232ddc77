import { allows, type Owner, type Permission } from "#access/decide.js";
import { malformed, notAllowedOrUnknown, notYetConsistent } from "#platform/problem.js";
import { tableOf } from "#projection/columns.js";
import { viewName, type View } from "#projection/view.js";
import { isUuid } from "./envelope.js";
import { disclose } from "./disclosure.js";
import type { Answer, Asked, Call } from "./operation.js";
import { pageFrom, pageOf, pageStatement, parametersOf, type Listed } from "./page.js";

interface ListOptions {
  /** GraphQL field and REST path, such as `consents`. */
  readonly name: string;
  readonly permission: Permission;
  /** Columns that a list may be narrowed by. */
  readonly filters: readonly string[];
  /** Columns that a list may be ordered by, `-` before one for the newest first; the first is the default. Each needs an index. */
  readonly sorts: readonly string[];
  /** Column that tells whose shelter a row is about: who may only see her own sees the list narrowed to it. */
  readonly shelterIn?: string;
}

/** A list, and what it is read from. */
export interface Paged extends Asked {
  readonly listed: Listed & Pick<ListOptions, "shelterIn">;
}

/** A keyset page of a view, over an index: the same cost wherever the page lies. */
export function list(view: View<any, any>, { name, permission, ...rest }: ListOptions): Paged {
  const listed = { view, ...rest };
  return {
    listed,
    name,
    kind: "query",
    path: `/${name}`,
    summary: `a page of ${name}`,
    tag: name,
    input: parametersOf(name, listed),
    returns: pageOf(view, name),
    permission,
    run: async (call) => {
      await consistent(call, view);
      const own = allows(call.actor, permission) ? undefined : ([rest.shelterIn!, call.actor.shelter!] as const);
      const asked = call.input as Record<string, unknown>;
      return { body: pageFrom(listed, asked, await call.services.rows.page(pageStatement(listed, asked, own))) };
    },
  };
}

interface OneOptions {
  readonly name: string;
  readonly path: string;
  readonly permission: Permission;
  readonly purpose: string;
  readonly ownedBy?: (id: string) => Owner;
}

/** One row of a view by its id, its sealed parts opened as far as one may see them. */
export function one(view: View<any, any>, { name, path, permission, purpose, ownedBy }: OneOptions): Asked {
  const table = tableOf(view.row);
  return {
    name,
    kind: "query",
    path: `/${path}/{id}`,
    summary: `one ${name}`,
    tag: path,
    returns: view.row,
    permission,
    about: view.of,
    ...(ownedBy && { ownedBy }),
    run: async (call): Promise<Answer> => {
      await consistent(call, view);
      const row = await call.services.rows.one(view, call.id);
      if (!row) throw notAllowedOrUnknown();
      const body = await disclose(call, table, row, { kind: view.of.name, route: name, purpose });
      return { body, ...(typeof row["revision"] === "number" && { revision: BigInt(row["revision"]) }) };
    },
  };
}

/** Waits, holding no connection, until the view has what `Consistent-After` names. */
export async function consistent({ envelope: { after }, services }: Call, ...views: readonly View<any, any>[]): Promise<void> {
  if (after === undefined) return;
  if (await services.progress.reached(views.map(viewName), after)) return;
  throw notYetConsistent();
}

/** An id in a path: what is no id names nothing. */
export function requireId(id: string): void {
  if (!isUuid(id)) throw malformed("id", "a UUID");
}
