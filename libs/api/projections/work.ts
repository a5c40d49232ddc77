import { isDeepStrictEqual } from "node:util";
import { conflict, malformed } from "#platform/http/problem.js";
import { NothingParked, RebuildNeeded, StillPoison, type Preview } from "#projection/park/dead-letters.js";
import { haltView, partitionsOf } from "#projection/run/checkpoints.js";
import { PostgresStore } from "#projection/run/postgres-store.js";
import { exchange, NothingToExchange } from "#projection/rebuild/exchange.js";
import { policyName } from "#projection/declare/policy.js";
import { type PolicyPreview } from "#projection/park/policy-letters.js";
import { NothingToSkip, SecondPersonNeeded, type Skip } from "#projection/park/skips.js";
import { dueStatusOf } from "#projection/watch/due-status.js";
import { policyStatusOf, statusOf } from "#projection/watch/status.js";
import type { Workshop } from "#projection/watch/run-tasks.js";
import { askTask, listTasks, TaskUnderWay, type Task, type TaskKind, type TaskOptions } from "#projection/watch/tasks.js";
import { viewName, type View } from "#projection/declare/view.js";
import type { Call } from "../operations/operation.js";
import type { ListedFinding } from "#projection/watch/chain-records.js";
import type { RowPreview } from "./answers.js";

/** How every view and policy is doing, and the long work that was asked for. */
export async function report({ log, pool, views, policies, dues }: Workshop): Promise<object> {
  const [ofViews, ofPolicies] = [await statusOf(log, pool, views), await policyStatusOf(log, pool, policies)];
  return { views: ofViews, policies: ofPolicies, due: await dueStatusOf(pool, dues), tasks: (await listTasks(pool)).map(shown) };
}

/** A finding in a chain, its times as texts. */
export const found = ({ foundAt, lookedIntoAt, ...finding }: ListedFinding): object => ({
  ...finding,
  foundAt: foundAt.toISOString(),
  lookedIntoAt: lookedIntoAt?.toISOString() ?? null,
});

/** A task, its times as texts; how it was asked for is its own matter. */
export const shown = ({ askedAt, updatedAt, options: _, ...task }: Task): object => ({
  ...task,
  askedAt: askedAt.toISOString(),
  updatedAt: updatedAt.toISOString(),
});

/** Asks for long work on these views, or on all of them; answers the task. @throws 409 while the same is under way */
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

/** Puts other tables of these views in the place of the live ones; answers the report. @throws 409 where there are none */
export async function exchanged(workshop: Workshop, from: "rebuilt" | "previous", names: string[] | undefined): Promise<object> {
  await exchange(workshop.log, workshop.url, from, named(workshop, names));
  return report(workshop);
}

/** Lets these views stand still (`why` is shown to operators), or go on (null); answers the report. */
export async function halted(workshop: Workshop, names: string[], why: string | null): Promise<object> {
  for (const view of named(workshop, names)) await haltView(workshop.pool, viewName(view), why);
  return report(workshop);
}

/** A leave to pass over an event, its times as texts. */
export const skipShown = ({ askedAt, approvedAt, ...skip }: Skip): object => ({
  ...skip,
  askedAt: askedAt.toISOString(),
  approvedAt: approvedAt?.toISOString() ?? null,
});

/** Undefined: no policy is called so. */
export const policyNamed = ({ policies }: Workshop, name: string) => policies.find((each) => policyName(each) === name);

/** Where something that is left out would do harm, two persons are needed. */
export function skipper(workshop: Workshop, name: string): { name: string; needsTwo: boolean } {
  const policy = policyNamed(workshop, name);
  if (policy) return { name: policyName(policy), needsTwo: false };
  const view = named(workshop, [name])[0]!;
  return { name: viewName(view), needsTwo: view.onPoison === "stop" };
}

/** What a policy would ask, as operators see what a view would write. */
export const rowPreviewOf = ({ revision, aggregate, id, rule, error }: PolicyPreview): RowPreview => ({
  key: id ?? `revision ${revision}`,
  row: error ?? (rule === null ? "asks nothing" : "asks"),
  columns: [],
  asks: rule === null ? null : `${aggregate} ${rule}`,
});

/** The live tables, as they are divided now. */
export const storeOf = async ({ pool, views }: Workshop): Promise<PostgresStore> =>
  new PostgresStore(pool, views, await partitionsOf(pool));

/** The views of these names, with their versions or without; all of them, where none is named. @throws 400 */
export function named({ views }: Workshop, names: readonly string[] | undefined): readonly View[] {
  return (
    names?.map((name) => {
      const view = views.find((each) => viewName(each) === name || viewName(each).split(" ")[0] === name);
      if (!view) throw malformed("views", `one of ${views.map(viewName).join(", ")}`);
      return view;
    }) ?? views
  );
}

/** What would become of a row: the names of the columns that would change, no value of any. */
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
