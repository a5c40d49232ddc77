import type { Policies } from "./policy.js";
import { viewName, type View } from "./view.js";

/**
 * What was marked as entered by mistake is folded out of the rows of its own stream. A view over several streams cannot do so, and what a policy has
 * asked for because of it is done: no fact that one of them heeds may be marked. @throws where one may be
 */
export function requireCorrectable(views: readonly View[], policies: Policies): void {
  const heeded = [
    ...views.filter(({ routeBy }) => routeBy).map((each) => [viewName(each), each.of, Object.keys(each.project)] as const),
    ...policies.map((each) => [each.name, each.of, Object.keys(each.when)] as const),
  ];
  for (const [name, { corrections }, types] of heeded)
    for (const type of types)
      if (Object.hasOwn(corrections, type)) throw new Error(`${type} may be marked as entered by mistake, and ${name} heeds it`);
}
