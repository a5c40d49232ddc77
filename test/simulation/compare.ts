import { viewName } from "#projection/declare/view.js";
import { Arrival } from "#projection/run/arrival.js";
import { concerns, foldFacts, type Kept } from "#projection/run/fold.js";
import { partitionOf } from "#projection/run/partition.js";
import { routeOf } from "#projection/park/poison.js";
import { firstBrokenLink } from "#store/chain.js";
import { isFact } from "#store/recorded.js";
import type { StoredEvent, StoredFact } from "#store/stored.js";
import type { MemoryLog } from "./memory-log.js";
import type { MemoryPolicies } from "./memory-policies.js";
import { refuses, type MemoryStore } from "./memory-store.js";
import { partitions, unheard, unspeakable, views } from "./world.js";

/** Where the views differ from the fold of the log, one fact after the other. */
export function differences(memory: MemoryStore, log: readonly StoredEvent[]): string[] {
  return views.flatMap((view) => {
    const rows = new Map<string, Kept>();
    const parked = new Set<string>();
    let expected = 0;
    for (const [place, fact] of log.entries()) {
      if (isMark(fact) && view.routeBy === undefined && !parked.has(fact.stream)) {
        const before = log.slice(0, place + 1).filter(({ stream }) => stream === fact.stream);
        const mistakes = before.flatMap((each) => (isMark(each) ? [((each as StoredFact).data as { entry: string }).entry] : []));
        const left = before.filter((each) => !isMark(each) && !mistakes.includes(each.id));
        for (const { changed } of [
          foldFacts(
            view,
            before.filter((each) => !isMark(each)),
            new Map(),
          ),
        ])
          for (const key of changed.keys()) rows.set(key, { row: null, position: 0n });
        for (const [key, kept] of foldFacts(view, left, new Map()).changed) rows.set(key, kept);
        continue;
      }
      if (isMark(fact) && view.routeBy !== undefined) continue;
      const { changed, poison } = parked.has(fact.stream)
        ? { changed: new Map<string, Kept>(), poison: null }
        : foldFacts(view, [fact], rows);
      if (parked.has(fact.stream)) expected++;
      else if (poison || [...changed.values()].some(refuses)) expected += parked.add(fact.stream) && 1;
      else for (const [key, kept] of changed) rows.set(key, kept);
    }
    const stored = memory.tables.get(viewName(view)) ?? new Map<string, Kept>();
    const text = (of: ReadonlyMap<string, Kept>) =>
      [...of]
        .filter(([, { row }]) => row !== null)
        .map(([key, { row }]) => `${key}: ${String(row?.["story"])}`)
        .toSorted((one, other) => (one < other ? -1 : 1))
        .join("\n");
    const letters = [...memory.letters.values()].filter((letter) => letter.view === viewName(view));
    return [
      ...(text(stored) === text(rows) ? [] : [`${viewName(view)} is\n${text(stored)}\nand should be\n${text(rows)}`]),
      ...(letters.length === expected ? [] : [`${viewName(view)} has parked ${letters.length} facts and should have parked ${expected}`]),
    ];
  });
}

/** Where a view was told to have reached a place before something that concerns it. */
export function toldTooFar({ memory, told }: { readonly memory: MemoryStore; readonly told: readonly StoredEvent[] }): string[] {
  const wrong = memory.told.filter(({ view: name, partition, to, kept }) => {
    const view = views.find((each) => viewName(each) === name)!;
    return told.some((event) => {
      const { commit } = event.position;
      if (commit <= kept || commit > to || !concerns(view, event)) return false;
      const route = routeOf(view, new Arrival(view.of, event));
      return route === null || partitionOf(route, partitions) === partition;
    });
  });
  return wrong.map(({ view, partition, to }) => `${view} ${partition} was told to be at ${to} before it was`);
}

interface Outcome {
  readonly log: MemoryLog;
  readonly policies: MemoryPolicies;
  readonly told: readonly StoredEvent[];
}

/** Where policies have not asked for what the log means, or a stream's chain is broken. */
export function wrongAmongPolicies({ log, policies, told }: Outcome): string[] {
  const wrong: string[] = [];
  let [left, refusals] = [0, 0];
  // That something was a mistake asks nothing of anybody.
  const heard = told.filter((event) => !isMark(event));
  for (const [stream, events] of Map.groupBy(heard, (event) => event.stream)) {
    const bad = events.findIndex((event) => !isFact(event) || wordOf(event) === unspeakable);
    const taken = bad < 0 ? events : events.slice(0, bad);
    left += events.length - taken.length;
    const words = taken.map(wordOf);
    refusals += words.filter((word) => word === unheard).length;
    const echoes = log.events.filter(
      (event) => event.stream === stream.replace("story", "echo") && isFact(event) && event.metadata.source === "policy",
    );
    const [is, should] = [echoes.map(wordOf).join(""), words.filter((word) => word !== unheard).join("")];
    if (is !== should) wrong.push(`of ${stream} the policy has asked for ${is} and should have asked for ${should}`);
  }
  if (policies.letters.size !== left) wrong.push(`the policy has parked ${policies.letters.size} events and should have parked ${left}`);
  if (policies.refusals.size !== refusals) wrong.push(`${policies.refusals.size} refusals are recorded and should be ${refusals}`);
  const echoed = log.events.filter(isFact).filter(({ stream }) => stream.startsWith("echo-"));
  for (const chain of Map.groupBy(echoed, ({ stream }) => stream).values()) {
    const broken = firstBrokenLink(chain);
    if (broken) wrong.push(`the chain of ${broken.stream} is broken at ${broken.revision}`);
    const keys = chain.map(({ metadata: { source, commandId } }) => `${source} ${commandId}`);
    if (new Set(keys).size < keys.length) wrong.push(`in ${chain[0]!.stream} something was done twice`);
  }
  return wrong;
}

/** Written apart from what the pipeline goes by. */
const isMark = (event: StoredEvent): boolean => isFact(event) && event.type === "EntryMarkedErroneous";

const wordOf = (event: StoredEvent): string => (isFact(event) ? (event.data as { word: string }).word : "");
