import "reflect-metadata";
import { simulate } from "./simulation.js";

const seeds = 600;

test(`after ${seeds} schedules of crashes, lost connections, repeated and dropped deliveries, views equal the fold of the log`, async () => {
  for (let seed = 1; seed <= seeds; seed++) {
    const wrong = await simulate(seed);
    if (wrong.length > 0) throw new Error(`npm run simulate -- --seed ${seed}\n${wrong.join("\n")}`);
  }
}, 120_000);
