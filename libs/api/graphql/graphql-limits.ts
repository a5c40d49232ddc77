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
  type DocumentNode,
  type FieldNode,
  type GraphQLNamedType,
  type GraphQLSchema,
  type SelectionSetNode,
  type ValidationContext,
  type ValidationRule,
} from "graphql";
import { pageSize } from "../reads/page.js";

/**
 * What one query may ask. A case read a thousand times under a thousand names would cost as much as a thousand queries, and a fragment
 * counts wherever it is used. `values`: how many the answer may hold, each row of a page as many times as the page has rows.
 */
export const limits = { rootFields: 20, aliases: 30, fields: 500, depth: 8, values: 20_000, typesWithin: 1 };

const limitNames: Readonly<Record<keyof typeof limits, string>> = {
  rootFields: "fields at its root",
  aliases: "aliases",
  fields: "fields",
  depth: "levels",
  values: "values in its answer, the rows of its pages counted in full",
  typesWithin: "level of fields within fields of the schema",
};

/** Texts longer than this are not read at all. */
export const mostTokens = 4_000;
export const mostCharacters = 50_000;
/** Fields and fragments that a text may hold, asked for or not: whether they fit together is a question about each two of them. */
const written = { fields: 500, fragments: 50 };
/** The schema is told whole. An alias tells a part of it again. */
const introspection = { values: 4_000, alias: 10 };
const typeLists = new Set(["fields", "inputFields", "interfaces", "possibleTypes"]);
/** What a list holds that is no page. */
const usualList = 10;

type Size = Readonly<Record<keyof typeof limits, number>>;
const nothing: Size = { rootFields: 0, aliases: 0, fields: 0, depth: 0, values: 0, typesWithin: 0 };

const costs = new WeakMap<DocumentNode, number>();
/** What a query that was found to be within the limits may have answered: the values in it. */
export const valuesOf = (document: DocumentNode): number => costs.get(document) ?? 0;

/** Refuses a query that asks for more than the limits before anything of it is done. */
export const withinLimits: ValidationRule = (context: ValidationContext): ASTVisitor => {
  const measured = new QuerySize(context);
  return {
    OperationDefinition({ selectionSet, operation }) {
      const size = measured.of(selectionSet, context.getSchema().getRootType(operation) ?? undefined, undefined);
      costs.set(context.getDocument(), Math.max(size.values, valuesOf(context.getDocument())));
      for (const what of Object.keys(limits) as (keyof typeof limits)[])
        if (size[what] > limits[what]) context.reportError(new GraphQLError(`A query has at most ${limits[what]} ${limitNames[what]}.`));
    },
  };
};

/** Measures a query. Each fragment is measured once, however often it is used: else a short text could have us count for ever. */
class QuerySize {
  readonly #fragments = new Map<string, Size>();

  constructor(private readonly context: ValidationContext) {}

  /** `rows`: how many rows the page has that the selection stands in. */
  of({ selections }: SelectionSetNode, type: GraphQLNamedType | undefined, rows: number | undefined): Size {
    return selections
      .map((each): Size => {
        if (each.kind === Kind.FIELD) return this.#ofField(each, type, rows);
        if (each.kind === Kind.FRAGMENT_SPREAD) return this.#ofFragment(each.name.value, rows);
        return this.of(each.selectionSet, this.#typeNamed(each.typeCondition?.name.value) ?? type, rows);
      })
      .reduce(together, nothing);
  }

  #ofFragment(name: string, rows: number | undefined): Size {
    const known = this.#fragments.get(`${name} ${rows}`);
    if (known) return known;
    // A fragment within itself is refused by another rule; here it only must not go round for ever.
    this.#fragments.set(`${name} ${rows}`, nothing);
    const fragment = this.context.getFragment(name);
    const size = fragment ? this.of(fragment.selectionSet, this.#typeNamed(fragment.typeCondition.name.value), rows) : nothing;
    this.#fragments.set(`${name} ${rows}`, size);
    return size;
  }

  #ofField(node: FieldNode, parent: GraphQLNamedType | undefined, rows: number | undefined): Size {
    const aliases = node.alias ? 1 : 0;
    if (node.name.value.startsWith("__")) return this.#ofSchema(node);
    const field = isObjectType(parent) ? parent.getFields()[node.name.value] : undefined;
    const type = field && getNamedType(field.type);
    const within = node.selectionSet
      ? this.of(node.selectionSet, isCompositeType(type) ? type : undefined, rowsOf(node, this.#usual(parent)))
      : nothing;
    const times = field && isListType(getNullableType(field.type)) ? (rows ?? usualList) : 1;
    return {
      rootFields: 1,
      aliases: aliases + within.aliases,
      fields: 1 + within.fields,
      depth: 1 + within.depth,
      values: 1 + times * within.values,
      typesWithin: within.typesWithin + (isOfSchema(parent) && typeLists.has(node.name.value) ? 1 : 0),
    };
  }

  /** What the schema looks like is asked by tools, in a query deeper than any other. */
  #ofSchema({ alias, selectionSet }: FieldNode): Size {
    if (!selectionSet) return { ...nothing, rootFields: 1, aliases: alias ? 1 : 0, fields: 1, values: 1 };
    const within = this.of(selectionSet, undefined, undefined);
    const aliases = (within.aliases + (alias ? 1 : 0)) * introspection.alias;
    return { ...within, rootFields: 1, aliases, fields: 1 + within.fields, depth: 1, values: introspection.values };
  }

  /** Rows of a page where nobody says how many: below a row there are fewer. */
  #usual(parent: GraphQLNamedType | undefined): number | undefined {
    return parent === this.context.getSchema().getQueryType() ? undefined : pageSize.below;
  }

  #typeNamed(name: string | undefined): ReturnType<GraphQLSchema["getType"]> {
    return name ? this.context.getSchema().getType(name) : undefined;
  }
}

const together = (one: Size, other: Size): Size => ({
  rootFields: one.rootFields + other.rootFields,
  aliases: one.aliases + other.aliases,
  fields: one.fields + other.fields,
  depth: Math.max(one.depth, other.depth),
  values: one.values + other.values,
  typesWithin: Math.max(one.typesWithin, other.typesWithin),
});

const isOfSchema = (type: GraphQLNamedType | undefined): boolean => type?.name.startsWith("__") ?? true;

/** How many rows a page is asked for; what a variable will say is not known yet, and counts as the most. */
function rowsOf({ arguments: given = [] }: FieldNode, usual: number | undefined): number | undefined {
  const where = given.find(({ name }) => name.value === "where")?.value;
  if (!where) return usual;
  if (where.kind !== Kind.OBJECT) return pageSize.most;
  const first = where.fields.find(({ name }) => name.value === "first")?.value;
  if (!first) return usual ?? pageSize.usual;
  return first.kind === Kind.INT ? Math.min(Number(first.value), pageSize.most) : pageSize.most;
}

/** Refuses a text that holds too much, used or not, and one of several operations: a compiled query is one operation. */
export const writtenPlainly: ValidationRule = (context: ValidationContext): ASTVisitor => {
  const found = { fields: 0, fragments: 0 };
  let operations = 0;
  return {
    Field: () => void (found.fields += 1),
    FragmentSpread: () => void (found.fragments += 1),
    InlineFragment: () => void (found.fragments += 1),
    FragmentDefinition: () => void (found.fragments += 1),
    OperationDefinition: () => void (operations += 1),
    Document: {
      leave() {
        for (const what of ["fields", "fragments"] as const)
          if (found[what] > written[what]) context.reportError(new GraphQLError(`A query holds at most ${written[what]} ${what}.`));
        if (operations > 1) context.reportError(new GraphQLError("A query holds one operation. Send each by itself."));
      },
    },
  };
};

/** A subscription is answered again and again, which an answer to a POST cannot be. */
export const answeredOnce: ValidationRule = (context: ValidationContext): ASTVisitor => ({
  OperationDefinition(node) {
    if (node.operation !== OperationTypeNode.SUBSCRIPTION) return;
    context.reportError(new GraphQLError("A subscription is asked by WebSocket, graphql-transport-ws.", { nodes: node }));
  },
});
