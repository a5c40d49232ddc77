import { Inject, type Type } from "@nestjs/common";
import { ApiProperty } from "@nestjs/swagger";
import { Args, Context, Parent, ResolveField, Resolver } from "@nestjs/graphql";
import { shown } from "#access/areas.js";
import type { ProtectedRecord } from "#access/record.js";
import { collectionOf, inAName, inAnAddress } from "#platform/values/addresses.js";
import { notAllowedOrUnknown } from "#platform/http/problem.js";
import { columnOf, tableOf } from "#projection/declare/columns.js";
import type { View } from "#projection/declare/view.js";
import type { Actor } from "#kernel/kernel.js";
import type { Answered, Call, Operation } from "../operations/operation.js";
import type { SignedIn } from "../operations/routes.js";
import { readInput } from "../operations/incoming.js";
import { describeRequest } from "../operations/schema.js";
import { ApiServices } from "../operations/services.js";
import { pageFrom, pageSize, parametersOf, requireVisible, type Listed, type PageRequest } from "./page.js";
import { pageStatement, type PageScope } from "./page-statement.js";
import { consistent, type Paged } from "./reads.js";
import { relationsOf, scopeOf, seesIn, shownPage } from "./scope.js";

/** A list that hangs below a row, which a column of it names: the consents of a case. */
export interface Edge {
  readonly list: Paged;
  readonly column: string;
  readonly parents: readonly View<any, any>[];
  /** The list without the column, which is said already. */
  readonly listed: Listed;
  /** Its parameters. */
  readonly input: new () => object;
}

const isPaged = (operation: Operation): operation is Paged => "listed" in operation;
const capital = (name: string): string => `${name[0]!.toUpperCase()}${name.slice(1)}`;

/** The lists that hang below rows. */
export const edgesOf = (operations: readonly Operation[]): Edge[] =>
  operations.filter(isPaged).flatMap((list) =>
    Object.entries(list.listed.below ?? {}).map(([column, parents]): Edge => {
      const { below: _, ...whole } = list.listed;
      const listed = { ...whole, filters: whole.filters.filter((each) => each !== column) };
      const views = parents!();
      return {
        list,
        column,
        parents: views,
        listed,
        input: parametersOf(`${views[0]!.row.name.replace("View", "")}${capital(list.name)}`, listed),
      };
    }),
  );

/** What an edge is cut from for somebody. @throws 404 where she may not know which rows it names, as where there is no such list for her */
function scopeBelow(
  { list, listed, column }: Edge,
  asked: PageRequest,
  parent: string,
  asking: { actor: Actor; services: ApiServices },
): PageScope {
  const scope = scopeOf(list.listed, list.permission as Exclude<Paged["permission"], "anybody">, asking);
  const sees = seesIn(listed, scope, asking);
  if ((shown(parent, columnOf(tableOf(listed.view.row), column).area, sees) ?? null) === null) throw notAllowedOrUnknown();
  requireVisible(listed, asked, sees);
  return scope;
}

/** A page of what hangs below a row: what is asked for of many rows at one moment is one question. @throws as `scopeBelow` */
async function pageBelow(edge: Edge, asked: PageRequest, parent: string, asking: { actor: Actor; services: ApiServices }) {
  const { list, listed, column } = edge;
  const { rows, standings } = asking.services;
  const scope = scopeBelow(edge, asked, parent, asking);
  const question = JSON.stringify([list.name, column, asked, scope.own]);
  const found = await rows.below(parent, question, standings.reader(asking.actor), (ids) =>
    pageStatement(listed, asked, { ...scope, below: { column, ids } }),
  );
  return shownPage(listed, pageFrom(listed, asked, found), scope, asking);
}

/** The same by REST: `/v1/cases/{id}/consents`. `records`: those that rows can be about. */
export const pathsOf = (edges: readonly Edge[], records: readonly ProtectedRecord[]): Answered[] =>
  edges.flatMap((edge) => {
    const aggregate = tableOf(edge.parents[0]!.row).about?.[0];
    const about = records.find(({ of }) => of.name === aggregate);
    return about ? [pathOf(edge, about)] : [];
  });

const pathOf = (edge: Edge, about: ProtectedRecord): Answered => ({
  name: `${inAName(about.of.name)}${capital(edge.list.name)}`,
  kind: "query",
  path: `/${collectionOf(about.of.name)}/{id}/${inAnAddress(edge.list.name)}`,
  summary: `a page of its ${edge.list.name}`,
  tag: collectionOf(about.of.name),
  input: edge.input,
  returns: edge.list.returns,
  permission: edge.list.permission,
  about,
  run: async (call) => {
    const asked = call.input as PageRequest;
    scopeBelow(edge, asked, call.id, call);
    await consistent(call, edge.listed.view, ...relationsOf(edge.listed, call));
    return { body: await pageBelow(edge, asked, call.id, call) };
  },
});

/** The operations, with what may come with an answer: a page of every list that hangs below it. */
export const including = (operations: readonly Operation[], edges: readonly Edge[]): Operation[] =>
  operations.map((operation) => {
    const below =
      operation.kind === "query" && operation.about && !isPaged(operation)
        ? edges.filter(({ parents }) => parents.some(({ row }) => row === operation.returns))
        : [];
    if (below.length === 0 || operation.kind !== "query") return operation;
    const reached = (call: Call, some: readonly Edge[]) =>
      consistent(call, ...some.flatMap(({ listed }) => [listed.view, ...relationsOf(listed, call)]));
    const page = (edge: Edge) => async (call: Call) => {
      await reached(call, [edge]);
      return pageBelow(edge, { first: pageSize.below }, call.id, call);
    };
    for (const { list, parents } of below)
      for (const { row } of parents)
        ApiProperty({ type: list.returns, required: false, description: "Where it was asked for by `include`" })(
          row.prototype as object,
          list.name,
        );
    return {
      ...operation,
      includes: Object.fromEntries(below.map((edge) => [edge.list.name, page(edge)])),
      run: async (call) => {
        // By GraphQL what hangs below is read after the record, and has to hold the same change.
        const selected = below.filter(({ list }) => call.selected?.has(list.name));
        if (selected.length > 0) await reached(call, selected);
        return operation.run(call);
      },
    };
  });

/** The same as a field of the parents' types in GraphQL: `case(id) { consents { items { ... } } }`, one question for all parents. */
export const edgeResolvers = (edges: readonly Edge[]): Type[] =>
  edges.flatMap((edge) => edge.parents.map((parent) => resolverOf(edge, parent)));

function resolverOf(edge: Edge, parent: View<any, any>): Type {
  const { list, input } = edge;
  const { name } = list;
  describeRequest(input);
  const { key } = tableOf(parent.row);
  class EdgeResolver {
    constructor(readonly services: ApiServices) {}
  }
  const prototype = EdgeResolver.prototype as unknown as Record<string, (...given: any[]) => Promise<unknown>>;
  prototype[name] = async function (
    this: EdgeResolver,
    ...[row, { reply }, where]: [Record<string, string>, GraphqlContext, PageRequest?]
  ) {
    const asking = { actor: reply.request.actor, services: this.services };
    const asked: PageRequest = { first: pageSize.below, ...(await readInput(input, withoutNulls(where))) };
    return pageBelow(edge, asked, row[key]!, asking);
  };
  const descriptor = Object.getOwnPropertyDescriptor(prototype, name)!;
  ResolveField(name, () => list.returns, { nullable: true, description: `A page of its ${name}` })(prototype, name, descriptor);
  Parent()(prototype, name, 0);
  Context()(prototype, name, 1);
  Args("where", { type: () => input, nullable: true })(prototype, name, 2);
  Reflect.defineMetadata("design:paramtypes", [Object, Object, input], prototype, name);
  Inject(ApiServices)(EdgeResolver, undefined as never, 0);
  Resolver(() => parent.row)(EdgeResolver);
  return EdgeResolver;
}

interface GraphqlContext {
  readonly reply: { readonly request: SignedIn };
}

/** Null, which GraphQL allows, says as little as nothing. */
const withoutNulls = (where: PageRequest | null | undefined): PageRequest =>
  Object.fromEntries(Object.entries(where ?? {}).filter(([, value]) => value !== null && value !== undefined));
