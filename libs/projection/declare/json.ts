import { GraphQLScalarType, valueFromASTUntyped } from "graphql";

/** Any JSON value, for what differs from fact to fact. */
export const GraphQLJSONObject = new GraphQLScalarType({
  name: "JSON",
  description: "Any JSON value",
  serialize: (value) => value,
  parseValue: (value) => value,
  parseLiteral: (node, variables) => valueFromASTUntyped(node, variables),
});
