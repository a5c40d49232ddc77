import { GraphQLError, OperationTypeNode, type ASTVisitor, type ValidationContext, type ValidationRule } from "graphql";

/** What one query may ask. A case read a thousand times under a thousand names would cost as much as a thousand queries. */
export const limits = { rootFields: 20, aliases: 30, fields: 500 };

/** Refuses a query that asks for more than the limits before anything of it is done. */
export const withinLimits: ValidationRule = (context: ValidationContext): ASTVisitor => {
  const counted = { aliases: 0, fields: 0 };
  const refuse = (what: keyof typeof limits) => context.reportError(new GraphQLError(`A query has at most ${limits[what]} ${told[what]}.`));
  return {
    OperationDefinition({ selectionSet }) {
      if (selectionSet.selections.length > limits.rootFields) refuse("rootFields");
    },
    Field({ alias }) {
      if (++counted.fields === limits.fields + 1) refuse("fields");
      if (alias && ++counted.aliases === limits.aliases + 1) refuse("aliases");
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

const told: Readonly<Record<keyof typeof limits, string>> = { rootFields: "fields at its root", aliases: "aliases", fields: "fields" };
