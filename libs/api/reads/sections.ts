import { Inject, type Type } from "@nestjs/common";
import { Context, Parent, ResolveField, Resolver } from "@nestjs/graphql";
import { seesOf } from "#access/record.js";
import { tableOf } from "#projection/declare/columns.js";
import type { View } from "#projection/declare/view.js";
import { reached } from "../access/standings.js";
import type { Operation } from "../operations/operation.js";
import type { SignedIn } from "../operations/routes.js";
import { ApiServices } from "../operations/services.js";
import { sectionFor } from "./disclosure.js";
import { sectionDescription, type Composed } from "./reads.js";

// What of a record its topics keep apart, as parts of the record's answer.

const isComposed = (operation: Operation): operation is Composed => "sections" in operation;

/** The same as fields of the record's type in GraphQL, also below each row of a list: one question a section for all rows. */
export const sectionResolvers = (operations: readonly Operation[]): Type[] =>
  operations
    .filter(isComposed)
    .flatMap(({ view, sections }) => Object.entries(sections).map(([name, section]) => resolverOf(view, name, section)));

interface GraphqlContext {
  readonly reply: { readonly request: SignedIn };
}

function resolverOf(parent: View<any, any>, name: string, section: View<any, any>): Type {
  const { key } = tableOf(parent.row);
  class SectionResolver {
    constructor(readonly services: ApiServices) {}
  }
  const prototype = SectionResolver.prototype as unknown as Record<string, (...given: any[]) => Promise<unknown>>;
  prototype[name] = async function (this: SectionResolver, ...[row, { reply }]: [Record<string, any>, GraphqlContext]) {
    // Whoever asks for one record is told it with its sections, opened for her.
    if (row[name] !== undefined) return row[name] as unknown;
    const { actor } = reply.request;
    const found = await this.services.rows.one(section, String(row[key]), this.services.standings.reader(actor));
    return sectionFor(tableOf(section.row), found, seesOf(actor, {}, reached));
  };
  const descriptor = Object.getOwnPropertyDescriptor(prototype, name)!;
  ResolveField(name, () => section.row, { nullable: true, description: `${sectionDescription}.` })(prototype, name, descriptor);
  Parent()(prototype, name, 0);
  Context()(prototype, name, 1);
  Reflect.defineMetadata("design:paramtypes", [Object, Object], prototype, name);
  Inject(ApiServices)(SectionResolver, undefined as never, 0);
  Resolver(() => parent.row)(SectionResolver);
  return SectionResolver;
}
