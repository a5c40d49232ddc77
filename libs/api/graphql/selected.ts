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

/** The fields that a query selects of an answer, by whatever fragments, and of its parts (`screening.account`): what nobody has asked for is not opened. */
export function selectedOf({ fieldNodes, fragments, variableValues }: Info): ReadonlySet<string> {
  const names = new Set<string>();
  const isLeftOut = (node: SelectionNode): boolean =>
    getDirectiveValues(GraphQLSkipDirective, node, variableValues)?.["if"] === true ||
    getDirectiveValues(GraphQLIncludeDirective, node, variableValues)?.["if"] === false;
  const walk = (set: SelectionSetNode | undefined, within: string, depth: number): void => {
    for (const node of set?.selections ?? []) {
      if (isLeftOut(node)) continue;
      if (node.kind === Kind.FIELD) {
        names.add(`${within}${node.name.value}`);
        if (depth > 1) walk(node.selectionSet, `${within}${node.name.value}.`, depth - 1);
      } else walk(node.kind === Kind.INLINE_FRAGMENT ? node.selectionSet : fragments[node.name.value]?.selectionSet, within, depth);
    }
  };
  for (const { selectionSet } of fieldNodes) walk(selectionSet, "", 2);
  return names;
}
