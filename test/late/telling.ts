import type { Told } from "./story.js";
import { World } from "./world.js";

/** What of a story was so, told in order of time: what contradicts what happened before is no part of it. */
export function toldInOrder(all: readonly Told[]): { readonly world: World; readonly kept: readonly Told[] } {
  const world = new World();
  return { world, kept: all.filter((each) => world.tell(each)) };
}

/** The same, told in another order: what cannot be told yet, because what it depends on has not been told, is told later. Null: never. */
export function toldAnyhow(
  all: readonly Told[],
  order: readonly number[],
): { readonly world: World; readonly told: readonly Told[] } | null {
  const world = new World();
  const waiting = [...all];
  const told: Told[] = [];
  for (let turn = 0; waiting.length > 0; turn++) {
    const first = order[turn % order.length]! % waiting.length;
    const accepted = waiting.findIndex((_, index) => world.tell(waiting[(first + index) % waiting.length]!));
    if (accepted < 0) return null;
    told.push(...waiting.splice((first + accepted) % waiting.length, 1));
  }
  return { world, told };
}
