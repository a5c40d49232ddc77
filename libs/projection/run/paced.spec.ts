import { paced } from "./paced.js";

test("one at a time, and who asks meanwhile shares a run that begins after he asked", async () => {
  const begun: PromiseWithResolvers<void>[] = [];
  const run = paced(() => {
    begun.push(Promise.withResolvers());
    return begun.at(-1)!.promise;
  }, 0);
  const first = run();
  await Promise.resolve();
  const [second, third] = [run(), run()];
  expect([begun.length, second === third]).toEqual([1, true]);
  begun[0]!.resolve();
  await first;
  while (begun.length < 2) await new Promise((wake) => setTimeout(wake));
  begun[1]!.resolve();
  await second;
  expect(begun).toHaveLength(2);
});

test("rests between two runs", async () => {
  const at: number[] = [];
  const run = paced(async () => void at.push(performance.now()), 50);
  await run();
  await run();
  expect(at[1]! - at[0]!).toBeGreaterThanOrEqual(48);
});

test("whoever asked learns that it failed, and the next run is not kept from it", async () => {
  let times = 0;
  const run = paced(async () => {
    if (++times === 1) throw new Error("away");
  }, 0);
  await expect(run()).rejects.toThrow("away");
  await run();
  expect(times).toBe(2);
});
