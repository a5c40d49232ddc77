import { Inject, type Type } from "@nestjs/common";
import { Context, Parent, ResolveField, Resolver } from "@nestjs/graphql";
import { inAName } from "#platform/values/addresses.js";
import { tableOf } from "#projection/declare/columns.js";
import type { View } from "#projection/declare/view.js";
import type { Call, Operation } from "../operations/operation.js";
import type { SignedIn } from "../operations/routes.js";
import { ApiServices } from "../operations/services.js";
import { edgesOf } from "./edges.js";
import type { Paged } from "./reads.js";
import { scopeOf, shownPage } from "./scope.js";

type Row = Readonly<Record<string, unknown>>;

/** A row of one view that names a row of another: a consent its case, the place where she stays the shelter. */
export interface Link {
  readonly from: View<any, any>;
  /** The field of GraphQL. */
  readonly name: string;
  readonly to: View<any, any>;
  /** Which one, of a row as somebody may see it: what is not for her names nothing. */
  readonly idIn: (row: any) => string | null | undefined;
}

/** `link(casePlacementView, "shelter", shelterView, ({ current }) => current?.shelter)` */
export const link = <Of extends object>(
  from: View<Of, any>,
  name: string,
  to: View<any, any>,
  idIn: (row: NoInfer<Of>) => string | null | undefined,
): Link => ({ from, name, to, idIn });

/** From the rows that hang below a record back to it: `consents { items { case { region } } }`, by the column that names it. */
export const linksOf = (operations: readonly Operation[]): Link[] =>
  edgesOf(operations).flatMap(({ list, column, parents }) => {
    const from = list.listed.view;
    return parents.flatMap((to): Link[] => {
      const kind = tableOf(to.row).about?.[0];
      const name = kind === undefined ? "" : inAName(kind);
      const isTaken = kind === undefined || tableOf(from.row).columns.some(({ property }) => property === name);
      return isTaken ? [] : [{ from, name, to, idIn: (row: Row) => row[column] as string | null }];
    });
  });

/**
 * The row that a link leads to, as its own list would show it: narrowed, masked, with nothing sealed opened. Null: there is none for her.
 * What is asked for of many rows at one moment is one question. @throws 404 where there is no such list for her
 */
async function followed({ to }: Link, id: string, { listed, permission }: Paged, asking: Pick<Call, "actor" | "services">) {
  if (permission === "anybody") throw new Error("a list of records is not for anybody");
  const { rows, standings } = asking.services;
  const scope = scopeOf(listed, permission, asking);
  const row = await rows.one(to, id, standings.reader(asking.actor));
  if (!row || (scope.own && row[scope.own[0]] !== scope.own[1])) return null;
  const { items } = await shownPage(listed, { items: [row], next: null }, scope, asking);
  return items[0] ?? null;
}

interface GraphqlContext {
  readonly reply: { readonly request: SignedIn };
}

/** Each link as a field of GraphQL. @throws where nobody lists what it leads to */
export const linkResolvers = (links: readonly Link[], operations: readonly Operation[]): Type[] =>
  links.map((each) => {
    const list = operations.find((one): one is Paged => "listed" in one && (one as Paged).listed.view === each.to);
    if (!list) throw new Error(`${each.to.row.name} is in no list, so that ${each.name} leads nowhere`);
    return resolverOf(each, list);
  });

function resolverOf(linked: Link, list: Paged): Type {
  const { from, name, to, idIn } = linked;
  class LinkResolver {
    constructor(readonly services: ApiServices) {}
  }
  const prototype = LinkResolver.prototype as unknown as Record<string, (...given: any[]) => Promise<unknown>>;
  prototype[name] = async function (this: LinkResolver, ...[row, { reply }]: [Row, GraphqlContext]) {
    const id = idIn(row);
    if (id === null || id === undefined) return null;
    return followed(linked, id, list, { actor: reply.request.actor, services: this.services });
  };
  const descriptor = Object.getOwnPropertyDescriptor(prototype, name)!;
  const description = `The ${name} that it names, as \`${list.name}\` would show it: nothing personal of it is opened. Null where there is none for you`;
  ResolveField(name, () => to.row, { nullable: true, description })(prototype, name, descriptor);
  Parent()(prototype, name, 0);
  Context()(prototype, name, 1);
  Reflect.defineMetadata("design:paramtypes", [Object, Object], prototype, name);
  Inject(ApiServices)(LinkResolver, undefined as never, 0);
  Resolver(() => from.row)(LinkResolver);
  return LinkResolver;
}
