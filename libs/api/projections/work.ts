import { isDeepStrictEqual } from "node:util";
import { conflict, malformed } from "#platform/http/problem.js";
import { NothingParked, RebuildNeeded, StillPoison, type Preview } from "#projection/park/dead-letters.js";
import { haltView, partitionsOf } from "#projection/run/checkpoints.js";
import { PostgresStore } from "#projection/run/postgres-store.js";
import { exchange, NothingToExchange } from "#projection/rebuild/exchange.js";
import { policyName } from "#projection/declare/policy.js";
import { type PolicyPreview } from "#projection/park/policy-letters.js";
import { NothingToSkip, SecondPersonNeeded, type Skip } from "#projection/park/skips.js";
import { policyStatusOf, statusOf } from "#projection/watch/status.js";
import type { Workshop } from "#projection/watch/run-tasks.js";
import { askTask, listTasks, TaskUnderWay, type Task, type TaskKind, type TaskOptions } from "#projection/watch/tasks.js";
import { viewName, type View } from "#projection/declare/view.js";
import type { Call } from "../operations/operation.js";
import type { ListedFinding } from "#projection/watch/chain-records.js";
import type { RowPreview } from "./answers.js";

export async function report({ log, pool, views, policies }: Workshop): Promise<object> {
  const [ofViews, ofPolicies] = [await statusOf(log, pool, views), await policyStatusOf(log, pool, policies)];
  return { views: ofViews, policies: ofPolicies, tasks: (await listTasks(pool)).map(shown) };
}

export const found = ({ foundAt, lookedIntoAt, ...finding }: ListedFinding): object => ({
  ...finding,
  foundAt: foundAt.toISOString(),
  lookedIntoAt: lookedIntoAt?.toISOString() ?? null,
});

export const shown = ({ askedAt, updatedAt, ...task }: Task): object => ({
  ...task,
  askedAt: askedAt.toISOString(),
  updatedAt: updatedAt.toISOString(),
});

export async function ask(
  workshop: Workshop,
  kind: TaskKind,
  names: string[] | undefined,
  options: TaskOptions,
  { actor }: Call,
): Promise<object> {
  const views = named(workshop, names).map(viewName);
  return shown(await askTask(workshop.pool, { kind, views, options, by: actor.id }));
}

export async function exchanged(workshop: Workshop, from: "rebuilt" | "previous", names: string[] | undefined): Promise<object> {
  await exchange(workshop.log, workshop.url, from, named(workshop, names));
  return report(workshop);
}

export async function halted(workshop: Workshop, names: string[], why: string | null): Promise<object> {
  for (const view of named(workshop, names)) await haltView(workshop.pool, viewName(view), why);
  return report(workshop);
}

export const skipShown = ({ askedAt, approvedAt, ...skip }: Skip): object => ({
  ...skip,
  askedAt: askedAt.toISOString(),
  approvedAt: approvedAt?.toISOString() ?? null,
});

export const policyNamed = ({ policies }: Workshop, name: string) => policies.find((each) => policyName(each) === name);

/** Where something that is left out would do harm, two persons are needed. */
export function skipper(workshop: Workshop, name: string): { name: string; needsTwo: boolean } {
  const policy = policyNamed(workshop, name);
  if (policy) return { name: policyName(policy), needsTwo: false };
  const view = named(workshop, [name])[0]!;
  return { name: viewName(view), needsTwo: view.onPoison === "stop" };
}

export const rowPreviewOf = ({ revision, aggregate, id, rule, error }: PolicyPreview): RowPreview => ({
  key: id ?? `revision ${revision}`,
  row: error ?? (rule === null ? "asks nothing" : "asks"),
  columns: [],
  asks: rule === null ? null : `${aggregate} ${rule}`,
});

export const storeOf = async ({ pool, views }: Workshop): Promise<PostgresStore> =>
  new PostgresStore(pool, views, await partitionsOf(pool));

export function named({ views }: Workshop, names: readonly string[] | undefined): readonly View[] {
  return (
    names?.map((name) => {
      const view = views.find((each) => viewName(each) === name || viewName(each).split(" ")[0] === name);
      if (!view) throw malformed("views", `one of ${views.map(viewName).join(", ")}`);
      return view;
    }) ?? views
  );
}

export function outlined({ key, before, after }: Preview): RowPreview {
  const columns = Object.keys(after ?? before ?? {}).filter((name) => !isDeepStrictEqual(before?.[name], after?.[name]));
  return { key, row: !before ? "begins" : after ? "changes" : "removes", columns, asks: null };
}

/** What operators can do something about is told in so many words. */
export async function explained<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (
      [TaskUnderWay, NothingToExchange, NothingParked, StillPoison, RebuildNeeded, NothingToSkip, SecondPersonNeeded].some(
        (type) => error instanceof type,
      )
    )
      throw conflict((error as { code: string }).code, (error as Error).message);
    throw error;
  }
}
