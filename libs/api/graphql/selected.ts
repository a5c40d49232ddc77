import {
  getDirectiveValues,
  GraphQLIncludeDirective,
  GraphQLSkipDirective,
  Kind,
  type GraphQLResolveInfo,
  type SelectionNode,
  type SelectionSetNode,
} from "graphql";

type Info = Pick<GraphQLResolveInfo, "fieldNodes" | "fragments" | "variableValues">;

/** The fields that a query selects of an answer, by whatever fragments: what nobody has asked for is not opened. */
export function selectedOf({ fieldNodes, fragments, variableValues }: Info): ReadonlySet<string> {
  const names = new Set<string>();
  const isLeftOut = (node: SelectionNode): boolean =>
    getDirectiveValues(GraphQLSkipDirective, node, variableValues)?.["if"] === true ||
    getDirectiveValues(GraphQLIncludeDirective, node, variableValues)?.["if"] === false;
  const walk = (set: SelectionSetNode | undefined): void => {
    for (const node of set?.selections ?? []) {
      if (isLeftOut(node)) continue;
      if (node.kind === Kind.FIELD) names.add(node.name.value);
      else walk(node.kind === Kind.INLINE_FRAGMENT ? node.selectionSet : fragments[node.name.value]?.selectionSet);
    }
  };
  for (const { selectionSet } of fieldNodes) walk(selectionSet);
  return names;
}
