import { GraphQLScalarType, valueFromASTUntyped, type GraphQLScalarTypeConfig } from "graphql";

// What is sent is held against the validators of the request, which say better what is wrong; what is answered is right already.
const asItIs = (config: Pick<GraphQLScalarTypeConfig<unknown, unknown>, "name" | "description" | "specifiedByURL">) =>
  new GraphQLScalarType({
    ...config,
    serialize: (value) => value,
    parseValue: (value) => value,
    parseLiteral: (node, variables) => valueFromASTUntyped(node, variables),
  });

/** Any JSON value, for what differs from fact to fact. */
export const GraphQLJSONObject = asItIs({ name: "JSON", description: "Any JSON value" });
/** A moment. */
export const GraphQLMoment = asItIs({
  name: "DateTime",
  description: "A moment in UTC, `2026-11-23T10:00:00.000Z`; with another offset, where it is sent",
  specifiedByURL: "https://www.rfc-editor.org/rfc/rfc3339",
});
/** A day. */
export const GraphQLDay = asItIs({ name: "Date", description: "A day, `2026-11-23`" });
