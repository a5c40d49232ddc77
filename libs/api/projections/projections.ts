import { isDeepStrictEqual } from "node:util";
import { may } from "#access/decide.js";
import { conflict, malformed, notAllowedOrUnknown } from "#platform/problem.js";
import { listParked, NothingParked, previewParked, replayParked, StillPoison, type Preview } from "#projection/dead-letters.js";
import { haltView, partitionsOf, paused } from "#projection/checkpoints.js";
import { PostgresStore } from "#projection/postgres-store.js";
import { exchange, NothingToExchange } from "#projection/rebuild/exchange.js";
import { statusOf } from "#projection/status.js";
import type { Workshop } from "#projection/run-tasks.js";
import { askTask, listTasks, stopTask, TaskUnderWay, type Task, type TaskKind, type TaskOptions } from "#projection/tasks.js";
import { viewName, type View } from "#projection/view.js";
import type { Asked, Call } from "../operation.js";
import { ParkedStream, ProjectionReport, ProjectionTask, ReplayResult, RowPreview } from "./answers.js";
import { CompareViews, NamedViews, ParkedOne, RebuildViews, SomeViews, StopTask } from "./requests.js";

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
  ...{ kind, tag: "projections", permission: may(kind === "query" ? "read" : "write", "projections"), path: `/projections${path}` },
  ...rest,
  run: async (call) => ({ body: await explained(run(call.services.workshop, call.input, call)) }),
});
const query = (declared: Declared) => operation("query", declared);
const mutation = (declared: Declared) => operation("mutation", declared);

/** The commands of the read side, for who keeps the platform running: no row of a case is ever shown by them. */
export const projectionOperations: readonly Asked[] = [
  query({
    ...{ name: "projections", path: "", summary: "how far every view is, and what is being done", returns: ProjectionReport },
    run: report,
  }),
  mutation({
    ...{ name: "rebuildViews", path: "/rebuild", input: RebuildViews, returns: ProjectionTask },
    summary: "fold views anew beside the live ones; asked again after a stop, it goes on",
    run: (workshop, { views, ...options }: RebuildViews, call) => ask(workshop, "rebuild", views, options, call),
  }),
  mutation({
    ...{ name: "verifyViews", path: "/verify", input: CompareViews, returns: ProjectionTask },
    summary: "hold what was folded anew against the log, read once more",
    run: (workshop, { views, ...options }: CompareViews, call) => ask(workshop, "verify", views, options, call),
  }),
  mutation({
    ...{ name: "reconcileViews", path: "/reconcile", input: CompareViews, returns: ProjectionTask },
    summary: "hold every row of the live views against the log",
    run: (workshop, { views, ...options }: CompareViews, call) => ask(workshop, "reconcile", views, options, call),
  }),
  mutation({
    ...{ name: "stopTask", path: "/stop", summary: "stop a task; what it did is kept", input: StopTask, returns: ProjectionTask },
    run: async ({ pool }, { task }: StopTask) => {
      const stopped = await stopTask(pool, task);
      if (!stopped) throw notAllowedOrUnknown();
      return shown(stopped);
    },
  }),
  mutation({
    ...{ name: "swapViews", path: "/swap", input: SomeViews, returns: ProjectionReport },
    summary: "put views that were folded anew in the place of the live ones, all at once",
    run: (workshop, { views }: SomeViews) => exchanged(workshop, "rebuilt", views),
  }),
  mutation({
    ...{ name: "rollbackViews", path: "/rollback", input: SomeViews, returns: ProjectionReport },
    summary: "put the views that were there before in the place of the live ones",
    run: (workshop, { views }: SomeViews) => exchanged(workshop, "previous", views),
  }),
  mutation({
    ...{ name: "pauseViews", path: "/pause", summary: "let views stand still", input: NamedViews, returns: ProjectionReport },
    run: (workshop, { views }: NamedViews) => halted(workshop, views, paused),
  }),
  mutation({
    ...{ name: "resumeViews", path: "/resume", summary: "let views go on", input: NamedViews, returns: ProjectionReport },
    run: (workshop, { views }: NamedViews) => halted(workshop, views, null),
  }),
  query({
    ...{ name: "deadLetters", path: "/dead-letters", returns: ParkedStream, list: true },
    summary: "facts that a view could not take, and those behind them, stream by stream",
    run: async ({ pool }) => (await listParked(pool)).map((parked) => ({ ...parked, since: parked.since.toISOString() })),
  }),
  query({
    ...{ name: "deadLettersPreview", path: "/dead-letters/preview", input: ParkedOne, returns: RowPreview, list: true },
    summary: "what replaying would change: names of columns, no values",
    run: async (workshop, { view, stream }: ParkedOne) =>
      (await previewParked(workshop.log, await storeOf(workshop), named(workshop, [view])[0]!, stream)).map(outlined),
  }),
  mutation({
    ...{ name: "replayDeadLetters", path: "/dead-letters/replay", input: ParkedOne, returns: ReplayResult },
    summary: "take what is parked of a stream, in order, once the view can",
    run: async (workshop, { view, stream }: ParkedOne) => ({
      facts: await replayParked(workshop.log, await storeOf(workshop), named(workshop, [view])[0]!, stream),
    }),
  }),
];

async function report({ log, pool, views }: Workshop): Promise<object> {
  return { views: await statusOf(log, pool, views), tasks: (await listTasks(pool)).map(shown) };
}

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
  return { key, row: !before ? "begins" : after ? "changes" : "removes", columns };
}

/** What operators can do something about is told in so many words. */
async function explained<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if ([TaskUnderWay, NothingToExchange, NothingParked, StillPoison].some((type) => error instanceof type))
      throw conflict((error as { code: string }).code, (error as Error).message);
    throw error;
  }
}
