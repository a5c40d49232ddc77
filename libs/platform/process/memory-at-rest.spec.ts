import { setTimeout as pause } from "node:timers/promises";
import { giveBackMemoryAtRest } from "./memory-at-rest.js";

const megabytes = () => process.memoryUsage().heapUsed / 1_048_576;

test("what a process no longer needs is given back once it has nothing to do", async () => {
  let needed: unknown = Array.from({ length: 400_000 }, (_, index) => ({ index, text: `${index}` }));
  const used = megabytes();
  const end = giveBackMemoryAtRest(50);
  needed = null;
  expect(needed).toBeNull();
  for (let tries = 0; tries < 100 && megabytes() > used - 15; tries++) await pause(50);
  end();
  expect(megabytes()).toBeLessThan(used - 15);
});
