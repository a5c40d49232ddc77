import "reflect-metadata";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { SingleBar } from "cli-progress";
import { Argument, Command } from "commander";
import { startPostgres } from "#platform/postgres/embedded-postgres.js";
import { System } from "../support/system.js";
import { killProjectors } from "./projectors.js";

const program = new Command("faults")
  .description(
    "Kills parts of a running system under load, beside strangers, a second api and a program of the next version, and looks whether anything is lost.",
  )
  .addArgument(new Argument("<part>", "what is killed").choices(["projector"]))
  .option("--rounds <number>", "how often", "50")
  .parse();
const rounds = Number(program.opts<{ rounds: string }>().rounds);

const postgres = await startPostgres({ directory: mkdtempSync(join(tmpdir(), "hifadhi-faults-")) });
process.env["TEST_POSTGRES_URL"] = postgres.urlOf("postgres");
const system = new System();
const bar = new SingleBar({ format: "{bar} {percentage}% | killed {value} of {total} times | {eta_formatted}" });
try {
  await system.start();
  bar.start(rounds, 0);
  const wrong = await killProjectors(system, rounds, (round) => bar.update(round));
  bar.stop();
  process.stdout.write(
    wrong.length === 0
      ? "Every view equals the fold of the log, every chain is whole, each policy has done its part once, and nothing waits any more.\n"
      : `${wrong.join("\n")}\n`,
  );
  process.exitCode = wrong.length === 0 ? 0 : 1;
} finally {
  bar.stop();
  await system.stop();
  await postgres.stop();
}
process.exit();
