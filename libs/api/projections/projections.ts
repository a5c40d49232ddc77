import { isDeepStrictEqual } from "node:util";
import { may } from "#access/decide.js";
import { conflict, malformed, notAllowedOrUnknown } from "#platform/http/problem.js";
import {
  listParked,
  NothingParked,
  previewParked,
  RebuildNeeded,
  replayParked,
  StillPoison,
  type Preview,
} from "#projection/park/dead-letters.js";
import { haltView, partitionsOf, paused } from "#projection/run/checkpoints.js";
import { PostgresStore } from "#projection/run/postgres-store.js";
import { exchange, NothingToExchange } from "#projection/rebuild/exchange.js";
import { policyName } from "#projection/declare/policy.js";
import { previewPolicy, replayPolicy, type PolicyPreview } from "#projection/park/policy-letters.js";
import { PostgresPolicyStore } from "#projection/run/policy-store.js";
import { approveSkip, askSkip, listSkips, NothingToSkip, SecondPersonNeeded, type Skip } from "#projection/park/skips.js";
import { listRefusals, policyStatusOf, statusOf } from "#projection/watch/status.js";
import type { Workshop } from "#projection/watch/run-tasks.js";
import { askTask, listTasks, stopTask, TaskUnderWay, type Task, type TaskKind, type TaskOptions } from "#projection/watch/tasks.js";
import { viewName, type View } from "#projection/declare/view.js";
import type { Asked, Call } from "../doors/operation.js";
import { listFindings, lookedInto, type ListedFinding } from "#projection/watch/chain-records.js";
import {
  ChainReport,
  ChainLookedInto,
  ParkedStream,
  ProjectionReport,
  ProjectionTask,
  RefusalReport,
  ReplayResult,
  RowPreview,
  SkippedEvent,
} from "./answers.js";
import { AskSkip, ChainOfStream, CompareViews, SkipOne, NamedViews, ParkedOne, RebuildViews, SomeViews, StopTask } from "./requests.js";

type Run = (workshop: Workshop, input: any, call: Call) => Promise<object>;

interface Declared {
  readonly name: string;
  readonly path: string;
  readonly summary: string;
  readonly input?: new () => object;
  readonly returns: new () => object;
  readonly list?: boolean;
  readonly run: Run;
}

const operation = (kind: Asked["kind"], { run, path, ...rest }: Declared): Asked => ({
  kind,
  tag: "projections",
  permission: may(kind === "query" ? "read" : "write", "projections"),
  path: `/projections${path}`,
  ...rest,
  run: async (call) => ({ body: await explained(run(call.services.workshop, call.input, call)) }),
});
const query = (declared: Declared) => operation("query", declared);
const mutation = (declared: Declared) => operation("mutation", declared);

/** The commands of the read side, for who keeps the platform running: no row of a case is ever shown by them. */
export const projectionOperations: readonly Asked[] = [
  query({
    name: "projections",
    path: "",
    summary: "how far every view is, and what is being done",
    returns: ProjectionReport,
    run: report,
  }),
  mutation({
    name: "rebuildViews",
    path: "/rebuild",
    input: RebuildViews,
    returns: ProjectionTask,
    summary: "fold views anew beside the live ones; asked again after a stop, it goes on",
    run: (workshop, { views, ...options }: RebuildViews, call) => ask(workshop, "rebuild", views, options, call),
  }),
  mutation({
    name: "verifyViews",
    path: "/verify",
    input: CompareViews,
    returns: ProjectionTask,
    summary: "hold what was folded anew against the log, read once more",
    run: (workshop, { views, ...options }: CompareViews, call) => ask(workshop, "verify", views, options, call),
  }),
  mutation({
    name: "reconcileViews",
    path: "/reconcile",
    input: CompareViews,
    returns: ProjectionTask,
    summary: "hold every row of the live views against the log",
    run: (workshop, { views, ...options }: CompareViews, call) => ask(workshop, "reconcile", views, options, call),
  }),
  mutation({
    name: "stopTask",
    path: "/stop",
    summary: "stop a task; what it did is kept",
    input: StopTask,
    returns: ProjectionTask,
    run: async ({ pool }, { task }: StopTask) => {
      const stopped = await stopTask(pool, task);
      if (!stopped) throw notAllowedOrUnknown();
      return shown(stopped);
    },
  }),
  mutation({
    name: "swapViews",
    path: "/swap",
    input: SomeViews,
    returns: ProjectionReport,
    summary: "put views that were folded anew in the place of the live ones, all at once",
    run: (workshop, { views }: SomeViews) => exchanged(workshop, "rebuilt", views),
  }),
  mutation({
    name: "rollbackViews",
    path: "/rollback",
    input: SomeViews,
    returns: ProjectionReport,
    summary: "put the views that were there before in the place of the live ones",
    run: (workshop, { views }: SomeViews) => exchanged(workshop, "previous", views),
  }),
  mutation({
    name: "pauseViews",
    path: "/pause",
    summary: "let views stand still",
    input: NamedViews,
    returns: ProjectionReport,
    run: (workshop, { views }: NamedViews) => halted(workshop, views, paused),
  }),
  mutation({
    name: "resumeViews",
    path: "/resume",
    summary: "let views go on",
    input: NamedViews,
    returns: ProjectionReport,
    run: (workshop, { views }: NamedViews) => halted(workshop, views, null),
  }),
  query({
    name: "deadLetters",
    path: "/dead-letters",
    returns: ParkedStream,
    list: true,
    summary: "facts that a view could not take, and those behind them, stream by stream",
    run: async ({ pool }) => (await listParked(pool)).map((parked) => ({ ...parked, since: parked.since.toISOString() })),
  }),
  query({
    name: "deadLettersPreview",
    path: "/dead-letters/preview",
    input: ParkedOne,
    returns: RowPreview,
    list: true,
    summary: "what replaying would change or ask for: names of columns and rules, no values",
    run: async (workshop, { view, stream }: ParkedOne) => {
      const policy = policyNamed(workshop, view);
      if (policy) return (await previewPolicy(workshop.log, workshop.pool, policy, stream)).map(asked);
      return (await previewParked(workshop.log, await storeOf(workshop), named(workshop, [view])[0]!, stream)).map(outlined);
    },
  }),
  mutation({
    name: "replayDeadLetters",
    path: "/dead-letters/replay",
    input: ParkedOne,
    returns: ReplayResult,
    summary: "take what is parked of a stream, in order, once the view or the policy can",
    run: async (workshop, { view, stream }: ParkedOne, { services }) => {
      const { log, pool, policies } = workshop;
      const policy = policyNamed(workshop, view);
      const facts = policy
        ? await replayPolicy(log, services.changes, new PostgresPolicyStore(pool), policies, policy, stream)
        : await replayParked(log, await storeOf(workshop), named(workshop, [view])[0]!, stream);
      return { facts };
    },
  }),
  query({
    name: "policyRefusals",
    path: "/policy-refusals",
    returns: RefusalReport,
    list: true,
    summary: "what rules have said no to when policies asked, the newest first",
    run: async ({ pool }) => (await listRefusals(pool)).map((each) => ({ ...each, refusedAt: each.refusedAt.toISOString() })),
  }),
  query({
    name: "skippedEvents",
    path: "/dead-letters/skipped",
    returns: SkippedEvent,
    list: true,
    summary: "what views and policies pass over, or are asked to: who asked, who allowed it, when and why",
    run: async ({ pool }) => (await listSkips(pool)).map(skipShown),
  }),
  mutation({
    name: "skipDeadLetter",
    path: "/dead-letters/skip",
    input: AskSkip,
    returns: SkippedEvent,
    summary: "pass over an event that a view cannot take; a safeguarding view waits until a second person allows it",
    run: async (workshop, { view, stream, revision, reason }: AskSkip, { actor }) => {
      const { name, needsTwo } = skipper(workshop, view);
      const place = { view: name, stream, revision: BigInt(revision) };
      return skipShown(await askSkip(workshop.log, workshop.pool, place, { reason, by: actor.id, needsTwo }));
    },
  }),
  mutation({
    name: "approveSkip",
    path: "/dead-letters/skip/approve",
    input: SkipOne,
    returns: SkippedEvent,
    summary: "allow, as a second person, that an event is passed over",
    run: async (workshop, { view, stream, revision }: SkipOne, { actor }) =>
      skipShown(await approveSkip(workshop.pool, { view: skipper(workshop, view).name, stream, revision: BigInt(revision) }, actor.id)),
  }),
  query({
    name: "chainFindings",
    path: "/chains",
    returns: ChainReport,
    list: true,
    summary: "facts that are not as the application wrote them; what nobody has looked into first",
    run: async ({ pool }) => (await listFindings(pool)).map(found),
  }),
  mutation({
    name: "chainLookedInto",
    path: "/chains/looked-into",
    input: ChainOfStream,
    returns: ChainLookedInto,
    summary: "what was found in a stream alarms no more; it stays shown at the record",
    run: async ({ pool }, { stream }: ChainOfStream, { actor }) => ({ findings: await lookedInto(pool, stream, actor.id) }),
  }),
];

async function report({ log, pool, views, policies }: Workshop): Promise<object> {
  const [ofViews, ofPolicies] = [await statusOf(log, pool, views), await policyStatusOf(log, pool, policies)];
  return { views: ofViews, policies: ofPolicies, tasks: (await listTasks(pool)).map(shown) };
}

const found = ({ foundAt, lookedIntoAt, ...finding }: ListedFinding): object => ({
  ...finding,
  foundAt: foundAt.toISOString(),
  lookedIntoAt: lookedIntoAt?.toISOString() ?? null,
});

const shown = ({ askedAt, updatedAt, ...task }: Task): object => ({
  ...task,
  askedAt: askedAt.toISOString(),
  updatedAt: updatedAt.toISOString(),
});

async function ask(
  workshop: Workshop,
  kind: TaskKind,
  names: string[] | undefined,
  options: TaskOptions,
  { actor }: Call,
): Promise<object> {
  const views = named(workshop, names).map(viewName);
  return shown(await askTask(workshop.pool, { kind, views, options, by: actor.id }));
}

async function exchanged(workshop: Workshop, from: "rebuilt" | "previous", names: string[] | undefined): Promise<object> {
  await exchange(workshop.log, workshop.url, from, named(workshop, names));
  return report(workshop);
}

async function halted(workshop: Workshop, names: string[], why: string | null): Promise<object> {
  for (const view of named(workshop, names)) await haltView(workshop.pool, viewName(view), why);
  return report(workshop);
}

const skipShown = ({ askedAt, approvedAt, ...skip }: Skip): object => ({
  ...skip,
  askedAt: askedAt.toISOString(),
  approvedAt: approvedAt?.toISOString() ?? null,
});

const policyNamed = ({ policies }: Workshop, name: string) => policies.find((each) => policyName(each) === name);

/** Where something that is left out would do harm, two persons are needed. */
function skipper(workshop: Workshop, name: string): { name: string; needsTwo: boolean } {
  const policy = policyNamed(workshop, name);
  if (policy) return { name: policyName(policy), needsTwo: false };
  const view = named(workshop, [name])[0]!;
  return { name: viewName(view), needsTwo: view.onPoison === "stop" };
}

const asked = ({ revision, aggregate, id, rule, error }: PolicyPreview): RowPreview => ({
  key: id ?? `revision ${revision}`,
  row: error ?? (rule === null ? "asks nothing" : "asks"),
  columns: [],
  asks: rule === null ? null : `${aggregate} ${rule}`,
});

const storeOf = async ({ pool, views }: Workshop): Promise<PostgresStore> => new PostgresStore(pool, views, await partitionsOf(pool));

function named({ views }: Workshop, names: readonly string[] | undefined): readonly View[] {
  return (
    names?.map((name) => {
      const view = views.find((each) => viewName(each) === name || viewName(each).split(" ")[0] === name);
      if (!view) throw malformed("views", `one of ${views.map(viewName).join(", ")}`);
      return view;
    }) ?? views
  );
}

function outlined({ key, before, after }: Preview): RowPreview {
  const columns = Object.keys(after ?? before ?? {}).filter((name) => !isDeepStrictEqual(before?.[name], after?.[name]));
  return { key, row: !before ? "begins" : after ? "changes" : "removes", columns, asks: null };
}

/** What operators can do something about is told in so many words. */
async function explained<T>(work: Promise<T>): Promise<T> {
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
