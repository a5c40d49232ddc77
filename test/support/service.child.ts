import { setTimeout as pause } from "node:timers/promises";
import { run } from "#platform/process/shutdown.js";

/** A service that writes its end to the console; `slow` never gets there. */
const [kind, deadline] = process.argv.slice(2);

await run(async () => {
  setInterval(() => {}, 1_000);
  const stop = async () => {
    if (kind === "slow") await new Promise(() => {});
    await pause(50);
    process.stdout.write("stopped\n");
  };
  return { ready: "test://here", stop };
}, Number(deadline));
