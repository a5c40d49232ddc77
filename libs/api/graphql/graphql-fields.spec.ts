import { graphqlSync, GraphQLInt, GraphQLObjectType, GraphQLSchema } from "graphql";
import { readPlainly } from "./graphql-fields.js";

const reader = (property: string) => {
  const rootFieldResolver = (root: Record<string, number>) => root[property];
  return { type: GraphQLInt, resolve: rootFieldResolver };
};
const computed = { type: GraphQLInt, resolve: ({ a }: { a: number }) => a * 2 };
const type = new GraphQLObjectType({ name: "Row", fields: { a: reader("a"), renamed: reader("b"), computed } });
const query = new GraphQLObjectType({ name: "Query", fields: { row: { type, resolve: () => ({ a: 1, b: 2, renamed: 9 }) } } });
const schema = readPlainly(new GraphQLSchema({ query }));

test("a field that is what its object has under its name needs no function; any other keeps its own", () => {
  const resolved = Object.entries(type.getFields()).filter(([, { resolve }]) => resolve);
  expect(resolved.map(([name]) => name)).toEqual(["renamed", "computed"]);
  expect(query.getFields()["row"]!.resolve).toBeDefined();
});

test("every field answers what it did", () =>
  expect(graphqlSync({ schema, source: "{ row { a renamed computed } }" }).data).toEqual({ row: { a: 1, renamed: 2, computed: 2 } }));
