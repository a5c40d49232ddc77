import "reflect-metadata";
import { SingleBar } from "cli-progress";
import { Command } from "commander";
import { simulate } from "./simulation.js";

const { seeds, seed } = new Command("simulate")
  .description(
    "Runs projectors, policies and two api processes over a log in memory, by schedules full of trouble, and holds views, policies and chains against the log.",
  )
  .option("--seeds <number>", "how many schedules", "1000")
  .option("--seed <number>", "this one alone")
  .parse()
  .opts<{ seeds: string; seed?: string }>();

const [first, last] = seed === undefined ? [1, Number(seeds)] : [Number(seed), Number(seed)];
const bar = new SingleBar({ format: "{bar} {percentage}% | seed {value} of {total} | {eta_formatted}" });
bar.start(last, first);
for (let each = first; each <= last; each++) {
  const wrong = await simulate(each);
  bar.update(each);
  if (wrong.length === 0) continue;
  bar.stop();
  process.stderr.write(`seed ${each}\n${wrong.join("\n")}\n`);
  process.exit(1);
}
bar.stop();
process.stdout.write("Every view equals the fold of the log, every policy has asked for what it means, once, and every chain is whole.\n");
