import {
  getNamedType,
  getNullableType,
  GraphQLError,
  isCompositeType,
  isListType,
  isObjectType,
  Kind,
  OperationTypeNode,
  type ASTVisitor,
  type FieldNode,
  type GraphQLNamedType,
  type GraphQLSchema,
  type SelectionSetNode,
  type ValidationContext,
  type ValidationRule,
} from "graphql";
import { pageSize } from "./page.js";

/**
 * What one query may ask. A case read a thousand times under a thousand names would cost as much as a thousand queries, and a fragment
 * counts wherever it is used. `values`: how many the answer may hold, each row of a page as many times as the page has rows.
 */
export const limits = { rootFields: 20, aliases: 30, fields: 500, depth: 8, values: 20_000 };

const told: Readonly<Record<keyof typeof limits, string>> = {
  rootFields: "fields at its root",
  aliases: "aliases",
  fields: "fields",
  depth: "levels",
  values: "values in its answer, the rows of its pages counted in full",
};

/** Texts longer than this are not read at all. */
export const mostTokens = 4_000;
/** What a list holds that is no page. */
const usualList = 50;

type Size = Readonly<Record<keyof typeof limits, number>>;
const nothing: Size = { rootFields: 0, aliases: 0, fields: 0, depth: 0, values: 0 };

/** Refuses a query that asks for more than the limits before anything of it is done. */
export const withinLimits: ValidationRule = (context: ValidationContext): ASTVisitor => {
  const measure = measureOf(context);
  return {
    OperationDefinition({ selectionSet, operation }) {
      const size = measure(selectionSet, context.getSchema().getRootType(operation) ?? undefined, undefined);
      for (const what of Object.keys(limits) as (keyof typeof limits)[])
        if (size[what] > limits[what]) context.reportError(new GraphQLError(`A query has at most ${limits[what]} ${told[what]}.`));
    },
  };
};

type Measure = (selection: SelectionSetNode, type: GraphQLNamedType | undefined, rows: number | undefined) => Size;

/** Each fragment is measured once, however often it is used: else a short text could have us count for ever. */
function measureOf(context: ValidationContext): Measure {
  const fragments = new Map<string, Size>();

  const measure: Measure = ({ selections }, type, rows) =>
    selections
      .map((each): Size => {
        if (each.kind === Kind.FIELD) return measureField(each, type, rows);
        if (each.kind === Kind.INLINE_FRAGMENT) return measure(each.selectionSet, typeNamed(each.typeCondition?.name.value) ?? type, rows);
        return measureFragment(each.name.value, rows);
      })
      .reduce(together, nothing);

  const measureFragment = (name: string, rows: number | undefined): Size => {
    const known = fragments.get(`${name} ${rows}`);
    if (known) return known;
    // A fragment within itself is refused by another rule; here it only must not go round for ever.
    fragments.set(`${name} ${rows}`, nothing);
    const fragment = context.getFragment(name);
    const size = fragment ? measure(fragment.selectionSet, typeNamed(fragment.typeCondition.name.value), rows) : nothing;
    fragments.set(`${name} ${rows}`, size);
    return size;
  };

  const measureField = (node: FieldNode, parent: GraphQLNamedType | undefined, rows: number | undefined): Size => {
    const aliases = node.alias ? 1 : 0;
    // What the schema looks like costs nothing to tell; how deep that may be asked is another rule's.
    if (node.name.value.startsWith("__")) return { ...nothing, rootFields: 1, aliases, fields: 1, values: 1 };
    const field = isObjectType(parent) ? parent.getFields()[node.name.value] : undefined;
    const type = field && getNamedType(field.type);
    const within = node.selectionSet ? measure(node.selectionSet, isCompositeType(type) ? type : undefined, rowsOf(node)) : nothing;
    const times = field && isListType(getNullableType(field.type)) ? (rows ?? usualList) : 1;
    return {
      rootFields: 1,
      aliases: aliases + within.aliases,
      fields: 1 + within.fields,
      depth: 1 + within.depth,
      values: 1 + times * within.values,
    };
  };

  const typeNamed = (name: string | undefined): ReturnType<GraphQLSchema["getType"]> =>
    name ? context.getSchema().getType(name) : undefined;
  return measure;
}

const together = (one: Size, other: Size): Size => ({
  rootFields: one.rootFields + other.rootFields,
  aliases: one.aliases + other.aliases,
  fields: one.fields + other.fields,
  depth: Math.max(one.depth, other.depth),
  values: one.values + other.values,
});

/** How many rows a page is asked for; what a variable will say is not known yet, and counts as the most. */
function rowsOf({ arguments: given = [] }: FieldNode): number | undefined {
  const where = given.find(({ name }) => name.value === "where")?.value;
  if (!where) return undefined;
  if (where.kind !== Kind.OBJECT) return pageSize.most;
  const first = where.fields.find(({ name }) => name.value === "first")?.value;
  if (!first) return pageSize.usual;
  return first.kind === Kind.INT ? Math.min(Number(first.value), pageSize.most) : pageSize.most;
}

/** A subscription is answered again and again, which an answer to a POST cannot be. */
export const answeredOnce: ValidationRule = (context: ValidationContext): ASTVisitor => ({
  OperationDefinition(node) {
    if (node.operation !== OperationTypeNode.SUBSCRIPTION) return;
    context.reportError(new GraphQLError("A subscription is asked by WebSocket, graphql-transport-ws.", { nodes: node }));
  },
});
