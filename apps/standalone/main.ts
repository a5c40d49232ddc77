import { Command } from "commander";
import { giveBackMemoryAtRest } from "#platform/process/memory-at-rest.js";
import { failStart, onShutdown } from "#platform/process/shutdown.js";
import { configuration } from "./configuration.js";
import { Standalone } from "./standalone.js";
import { addresses, signIn } from "./welcome.js";

const say = (line: string): void => void process.stdout.write(`${line}\n`);

const { demo } = new Command("start")
  .description("Starts everything on loopback, with its data in one folder.")
  .option("--demo", "with invented people, whose password is known: never beside real data", false)
  .parse()
  .opts<{ demo: boolean }>();

try {
  const settings = configuration(process.env, demo);
  const standalone = new Standalone(settings, say);
  onShutdown(async () => {
    say("Stopping ...");
    await standalone.stop();
    say("Everything is stopped.");
  }, 60_000);
  const base = await standalone.start().catch(async (error: unknown) => {
    await standalone.stop();
    throw error;
  });
  giveBackMemoryAtRest();
  say(`\nReady.\n${addresses(base)}\n${settings.DEMO_SIGN_IN ? signIn(base) : ""}\nCtrl-C stops everything.`);
} catch (error) {
  failStart(error);
}
