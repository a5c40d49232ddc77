import { may } from "#access/decide.js";
import { notAllowedOrUnknown } from "#platform/http/problem.js";
import { listParked, previewParked, replayParked } from "#projection/park/dead-letters.js";
import { paused } from "#projection/run/checkpoints.js";
import { previewPolicy, replayPolicy } from "#projection/park/policy-letters.js";
import { PostgresPolicyStore } from "#projection/run/policy-store.js";
import { approveSkip, askSkip, listSkips } from "#projection/park/skips.js";
import { listRefusals } from "#projection/watch/status.js";
import type { Workshop } from "#projection/watch/run-tasks.js";
import { stopTask } from "#projection/watch/tasks.js";
import type { Answered, Call } from "../operations/operation.js";
import { listFindings, lookedInto } from "#projection/watch/chain-records.js";
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
import {
  report,
  found,
  shown,
  ask,
  exchanged,
  halted,
  skipShown,
  policyNamed,
  skipper,
  rowPreviewOf,
  storeOf,
  named,
  outlined,
  explained,
} from "./work.js";

type Run = (workshop: Workshop, input: any, call: Call) => Promise<object>;

interface DeclaredTask {
  readonly name: string;
  readonly path: string;
  readonly summary: string;
  readonly input?: new () => object;
  readonly returns: new () => object;
  readonly list?: boolean;
  /** Codes of what it may be refused with. */
  readonly refuses?: readonly string[];
  readonly run: Run;
}

const operation = (kind: Answered["kind"], { run, path, refuses, ...rest }: DeclaredTask): Answered => ({
  kind,
  tag: "projections",
  permission: may(kind === "query" ? "read" : "write", "projections", "Operations"),
  path: `/projections${path}`,
  ...(refuses && { problems: { 409: refuses } }),
  ...rest,
  run: async (call) => ({ body: await explained(run(call.services.workshop, call.input, call)) }),
});
const query = (declared: DeclaredTask) => operation("query", declared);
const mutation = (declared: DeclaredTask) => operation("mutation", declared);

/** The commands of the read side, for who keeps the platform running: no row of a case is ever shown by them. */
export const projectionOperations: readonly Answered[] = [
  query({
    name: "projections",
    path: "",
    summary: "how far every view is, and what is being done",
    returns: ProjectionReport,
    run: report,
  }),
  mutation({
    name: "rebuildViews",
    refuses: ["TaskUnderWay"],
    path: "/rebuild",
    input: RebuildViews,
    returns: ProjectionTask,
    summary: "fold views anew beside the live ones; asked again after a stop, it goes on",
    run: (workshop, { views, ...options }: RebuildViews, call) => ask(workshop, "rebuild", views, options, call),
  }),
  mutation({
    name: "verifyViews",
    refuses: ["TaskUnderWay"],
    path: "/verify",
    input: CompareViews,
    returns: ProjectionTask,
    summary: "hold what was folded anew against the log, read once more",
    run: (workshop, { views, ...options }: CompareViews, call) => ask(workshop, "verify", views, options, call),
  }),
  mutation({
    name: "reconcileViews",
    refuses: ["TaskUnderWay"],
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
    refuses: ["NothingToExchange"],
    path: "/swap",
    input: SomeViews,
    returns: ProjectionReport,
    summary: "put views that were folded anew in the place of the live ones, all at once",
    run: (workshop, { views }: SomeViews) => exchanged(workshop, "rebuilt", views),
  }),
  mutation({
    name: "rollbackViews",
    refuses: ["NothingToExchange"],
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
    refuses: ["NothingParked", "RebuildNeeded"],
    path: "/dead-letters/preview",
    input: ParkedOne,
    returns: RowPreview,
    list: true,
    summary: "what replaying would change or ask for: names of columns and rules, no values",
    run: async (workshop, { view, stream }: ParkedOne) => {
      const policy = policyNamed(workshop, view);
      if (policy) return (await previewPolicy(workshop.log, workshop.pool, policy, stream)).map(rowPreviewOf);
      return (await previewParked(workshop.log, await storeOf(workshop), named(workshop, [view])[0]!, stream)).map(outlined);
    },
  }),
  mutation({
    name: "replayDeadLetters",
    refuses: ["NothingParked", "StillPoison", "RebuildNeeded"],
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
    refuses: ["NothingToSkip"],
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
    refuses: ["NothingToSkip", "SecondPersonNeeded"],
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
