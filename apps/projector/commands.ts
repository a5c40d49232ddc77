import "reflect-metadata";
import { setTimeout as pause } from "node:timers/promises";
import { SingleBar } from "cli-progress";
import { Command } from "commander";
import { num } from "envalid";
import { Pool } from "pg";
import { readConfig } from "#platform/config.js";
import { variables } from "#platform/variables.js";
import { listParked, previewParked, replayParked } from "#projection/dead-letters.js";
import { PostgresStore } from "#projection/postgres-store.js";
import { reconcile } from "#projection/reconcile.js";
import { statusOf } from "#projection/status.js";
import { viewName, type View } from "#projection/view.js";
import { EventLog } from "#store/event-log.js";
import { views } from "./views.js";

interface Tools {
  readonly log: EventLog;
  readonly pool: Pool;
  readonly store: PostgresStore;
}

/** Opens what a command needs, and closes it again. */
const withTools = async (work: (tools: Tools) => Promise<void>): Promise<void> => {
  const { EVENTSTORE_URL, DATABASE_URL } = variables;
  const configuration = readConfig({ EVENTSTORE_URL, DATABASE_URL, PARTITIONS: num({ default: 4 }) }, process.env);
  const log = new EventLog(configuration.EVENTSTORE_URL);
  const pool = new Pool({ connectionString: configuration.DATABASE_URL, max: 4 });
  try {
    await work({ log, pool, store: new PostgresStore(pool, views, configuration.PARTITIONS) });
  } finally {
    await Promise.allSettled([log.close(), pool.end()]);
  }
};

const say = (what: unknown) => void process.stdout.write(`${typeof what === "string" ? what : JSON.stringify(what, null, 2)}\n`);

function table(rows: readonly object[]): string {
  if (rows.length === 0) return "Nothing.";
  const columns = Object.keys(rows[0]!);
  const cells = [columns, ...rows.map((row) => columns.map((column) => String((row as Record<string, unknown>)[column])))];
  const widths = columns.map((_, index) => Math.max(...cells.map((each) => each[index]!.length)));
  return cells.map((each) => each.map((cell, index) => cell.padEnd(widths[index]!)).join("  ")).join("\n");
}

const viewOf = (name: string): View => {
  const view = views.find((each) => viewName(each) === name || viewName(each).split(" ")[0] === name);
  if (!view) throw new Error(`There is no view ${name}. There are: ${views.map(viewName).join(", ")}.`);
  return view;
};

const program = new Command("projections").description(
  "The read models: how they are doing, what is parked, whether they say what the log says.",
);
program
  .command("status")
  .description("how far every view is, what is parked, which rows are stale")
  .action(() => withTools(async ({ log, pool }) => say(table(await statusOf(log, pool, views)))));
program
  .command("watch")
  .description("the same every two seconds, until it is stopped")
  .action(() =>
    withTools(async ({ log, pool }) => {
      for (;;) {
        say(`\u001Bc${table(await statusOf(log, pool, views))}`);
        await pause(2_000);
      }
    }),
  );
program
  .command("reconcile")
  .description("hold every row against the log; ends with 1 where something differs")
  .option("--sample-every <number>", "fold one of so many streams anew and compare it whole", "20")
  .action((options: { sampleEvery: string }) =>
    withTools(async ({ log, pool }) => {
      const bar = new SingleBar({ format: "{bar} {percentage}% | position {value} of {total} | {eta_formatted}" });
      const told = (position: bigint, head: bigint) =>
        bar.isActive ? bar.update(Number(position)) : bar.start(Number(head), Number(position));
      const result = await reconcile(log, pool, views, { sampleEvery: Number(options.sampleEvery), told });
      bar.stop();
      say(result);
      if (result.findings.length > 0) process.exitCode = 1;
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
    withTools(async ({ log, store }) => say(await previewParked(log, store, viewOf(view), stream))),
  );
letters
  .command("replay <view> <stream>")
  .description("take what is parked of a stream, in order, once the view can")
  .action((view: string, stream: string) =>
    withTools(async ({ log, store }) => {
      const count = await replayParked(log, store, viewOf(view), stream);
      say(`${count} facts of ${stream} were taken.`);
    }),
  );

try {
  await program.parseAsync();
} catch (error) {
  process.stderr.write(`${(error as Error).message}\n`);
  process.exit(1);
}
