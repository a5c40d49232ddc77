import "reflect-metadata";
import { setTimeout as pause } from "node:timers/promises";
import { SingleBar } from "cli-progress";
import { Command, InvalidArgumentError, Option } from "commander";
import { failStart } from "#platform/process/shutdown.js";
import { listParked, previewParked, replayParked } from "#projection/park/dead-letters.js";
import { countFindings, listFindings, lookedInto } from "#projection/watch/chain-records.js";
import { haltView, paused } from "#projection/run/checkpoints.js";
import { exchange } from "#projection/rebuild/exchange.js";
import { previewPolicy, replayPolicy } from "#projection/park/policy-letters.js";
import { PostgresPolicyStore } from "#projection/run/policy-store.js";
import { approveSkip, askSkip, listSkips, skipReasons, type SkipReason } from "#projection/park/skips.js";
import { dueStatusOf } from "#projection/watch/due-status.js";
import { listRefusals, policyStatusOf, statusOf } from "#projection/watch/status.js";
import { runTask } from "#projection/watch/run-tasks.js";
import { askTask, listTasks, type TaskKind, type TaskOptions } from "#projection/watch/tasks.js";
import { viewName } from "#projection/declare/view.js";
import { accountOfMachine, ownWord, policyOf, say, skipperOf, table, viewOf, viewsOf, withTools, type Tools } from "./tools.js";

const program = new Command("projections").description(
  "The read models: how they are doing, what is parked, whether they say what the log says; and to fold them anew.",
);

const status = async ({ log, pool, views, policies, dues }: Tools): Promise<string> => {
  const tasks = (await listTasks(pool)).map(({ kind, state, stage, position, head, askedBy, askedAt, updatedAt, error, result }) => ({
    kind,
    state,
    stage,
    position,
    head,
    askedBy,
    askedAt: askedAt.toISOString(),
    updatedAt: updatedAt.toISOString(),
    found: (result as { found?: number } | null)?.found,
    error,
  }));
  const reports = [
    table(await statusOf(log, pool, views)),
    table(await policyStatusOf(log, pool, policies)),
    table(await dueStatusOf(pool, dues)),
  ];
  const unfit = Object.entries(await countFindings(pool)).flatMap(([kind, count]) => (count > 0 ? [`${count} ${kind}`] : []));
  if (unfit.length > 0) reports.push(`Facts are not as the application wrote them: ${unfit.join(", ")}. See: chains list`);
  return `${reports.join("\n\n")}\n\n${tasks.length > 0 ? table(tasks) : "No rebuild, verification or reconciliation yet."}`;
};

/** Does long work here, with a bar; Ctrl-C stops it, and what was done is kept. */
const work = (kind: TaskKind, names: readonly string[], options: TaskOptions): Promise<void> =>
  withTools(async (tools) => {
    const stop = new AbortController();
    process.once("SIGINT", () => stop.abort()).once("SIGTERM", () => stop.abort());
    const bar = new SingleBar({
      format: "{stage} {bar} {percentage}% | position {value} of {total} | {eta_formatted} left",
      etaBuffer: 200,
    });
    const task = await askTask(tools.pool, {
      kind,
      views: viewsOf(names).map(viewName),
      options,
      by: `account ${accountOfMachine()} on the command line`,
      state: "running",
    });
    const ended = await runTask(tools, task, stop.signal, (stage, position, head) => {
      if (!bar.isActive) bar.start(Number(head), Number(position), { stage });
      bar.setTotal(Number(head));
      bar.update(Number(position), { stage });
    });
    bar.stop();
    say(ended.result ?? ended.error ?? "Stopped. The same command goes on from here.");
    const { found = 0, unfit = 0 } = (ended.result ?? {}) as { found?: number; unfit?: number | null };
    if (ended.state === "failed" || found > 0 || (unfit ?? 0) > 0) process.exitCode = 1;
  });
const positive = (text: string): number => {
  const number = Number(text);
  if (!Number.isInteger(number) || number < 1) throw new InvalidArgumentError("A whole number from 1 on is needed.");
  return number;
};
const sample = ["--sample-every <number>", "fold one of so many streams anew and compare it whole", positive, 20] as const;

program
  .command("status")
  .description("how far every view is, what is parked, which rows are stale, and what is being done")
  .action(() => withTools(async (tools) => say(await status(tools))));
program
  .command("watch")
  .description("the same every two seconds, until it is stopped")
  .action(() =>
    withTools(async (tools) => {
      for (;;) {
        say(`\u001Bc${await status(tools)}`);
        await pause(2_000);
      }
    }),
  );
program
  .command("rebuild [views...]")
  .description("fold views anew (all, if none is named) beside the live ones; Ctrl-C stops it, the same command goes on")
  .option("--throttle <facts>", "so many facts a second at most", positive)
  .option("--anew", "from the start, even if an earlier rebuild was stopped on its way", false)
  .option("--swap", "put them in the place of the live ones when they are verified", false)
  .action((names: string[], options: TaskOptions) => work("rebuild", names, options));
program
  .command("verify [views...]")
  .description("hold what was folded anew against the log, read once more; ends with 1 where something differs")
  .option(...sample)
  .action((names: string[], options: TaskOptions) => work("verify", names, options));
program
  .command("reconcile [views...]")
  .description("hold every row of the live views against the log; ends with 1 where something differs")
  .option(...sample)
  .action((names: string[], options: TaskOptions) => work("reconcile", names, options));
for (const [name, from, description] of [
  ["swap", "rebuilt", "put views that were folded anew in the place of the live ones, all at once; these are kept"],
  ["rollback", "previous", "put the views that were there before in the place of the live ones"],
] as const)
  program
    .command(`${name} [views...]`)
    .description(description)
    .action((names: string[]) =>
      withTools(async ({ log, url }) => {
        const views = viewsOf(names);
        await exchange(log, url, from, views);
        say(`Live now, from the ${from} ones: ${views.map(viewName).join(", ")}.`);
      }),
    );
for (const [name, why, description] of [
  ["pause", paused, "let views stand still; what waits for them is told to try later"],
  ["resume", null, "let views go on that were paused, or that stood still at a fact that they can take now"],
] as const)
  program
    .command(`${name} <views...>`)
    .description(description)
    .action((names: string[]) =>
      withTools(async ({ pool }) => {
        for (const view of viewsOf(names)) await haltView(pool, viewName(view), why);
      }),
    );

const letters = program.command("dead-letters").description("facts that a view could not take, and those behind them");
letters
  .command("list")
  .description("what is parked, stream by stream")
  .action(() => withTools(async ({ pool }) => say(table(await listParked(pool)))));
letters
  .command("preview <view> <stream>")
  .description("what would become of the rows; sealed parts stay sealed")
  .action((view: string, stream: string) =>
    withTools(async ({ log, pool, store }) => {
      const policy = policyOf(view);
      say(policy ? await previewPolicy(log, pool, policy, stream) : await previewParked(log, store, viewOf(view), stream));
    }),
  );
letters
  .command("replay <view> <stream>")
  .description("take what is parked of a stream, in order, once the view or the policy can")
  .action((view: string, stream: string) =>
    withTools(async ({ log, pool, store, policies, changes }) => {
      const policy = policyOf(view);
      const count = policy
        ? await replayPolicy(log, changes, new PostgresPolicyStore(pool), policies, policy, stream)
        : await replayParked(log, store, viewOf(view), stream);
      say(`${count} facts of ${stream} were taken.`);
    }),
  );

const person = ["--by <person>", "who you are: recorded as your own word, with the account of this machine", ownWord] as const;
const revisionOf = (text: string): bigint => {
  if (!/^\d{1,18}$/.test(text)) throw new InvalidArgumentError("A revision is needed.");
  return BigInt(text);
};
letters
  .command("skip <view> <stream>")
  .argument("<revision>", "of the event at which the view stands still, or that is parked first", revisionOf)
  .description("pass over an event that a view or a policy cannot take; a safeguarding view waits until somebody else approves")
  .addOption(new Option("--reason <code>", "why").choices(skipReasons).makeOptionMandatory())
  .requiredOption(...person)
  .action((given: string, stream: string, revision: bigint, { reason, by }: { reason: SkipReason; by: string }) =>
    withTools(async ({ log, pool }) => {
      const { name: view, needsTwo } = skipperOf(given);
      const asked = { reason, by, needsTwo };
      const { approvedBy } = await askSkip(log, pool, { view, stream, revision }, asked);
      say(
        approvedBy === null
          ? "Somebody else must approve it: dead-letters approve."
          : "It is passed over. What is parked behind it: dead-letters replay.",
      );
    }),
  );
letters
  .command("approve <view> <stream>")
  .argument("<revision>", "of the event", revisionOf)
  .description("allow, as a second person, that an event is passed over")
  .requiredOption(...person)
  .action((given: string, stream: string, revision: bigint, { by }: { by: string }) =>
    withTools(async ({ pool }) => {
      await approveSkip(pool, { view: skipperOf(given).name, stream, revision }, by);
      say("It is passed over.");
    }),
  );
letters
  .command("skipped")
  .description("what is passed over, or waits for a second person: who asked, who approved, when and why")
  .action(() => withTools(async ({ pool }) => say(table(await listSkips(pool)))));
program
  .command("refusals")
  .description("what rules have said no to when policies asked")
  .action(() => withTools(async ({ pool }) => say(table(await listRefusals(pool)))));
const chains = program.command("chains").description("facts that are not as the application wrote them");
chains
  .command("list")
  .description("what was found, what nobody has looked into first")
  .action(() =>
    withTools(async ({ pool }) =>
      say(
        table(
          (await listFindings(pool)).map(({ foundAt, lookedIntoAt, ...finding }) => ({
            ...finding,
            foundAt: foundAt.toISOString(),
            lookedIntoAt: lookedIntoAt?.toISOString(),
          })),
        ),
      ),
    ),
  );
chains
  .command("looked-into <stream>")
  .description("what was found in a stream alarms no more; it stays shown at the record")
  .requiredOption(...person)
  .action((stream: string, { by }: { by: string }) =>
    withTools(async ({ pool }) => say(`${await lookedInto(pool, stream, by)} findings in ${stream} alarm no more.`)),
  );

try {
  await program.parseAsync();
} catch (error) {
  failStart(error);
}
