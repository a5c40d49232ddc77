import { pauseAfter } from "./supervisor.js";

test("who ends again and again is waited for longer and longer, half a minute at most", () =>
  expect([1, 2, 3, 8, 9, 1_000].map(pauseAfter)).toEqual([200, 400, 800, 25_600, 30_000, 30_000]));
