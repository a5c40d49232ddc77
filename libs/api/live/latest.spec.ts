import { Latest } from "./latest.js";

const valueOf = async (latest: Latest<number>) => (await latest.next()).value as number | undefined;

test("who waits is given what comes, who is slow finds the newest", async () => {
  const latest = new Latest<number>();
  const first = latest.next();
  latest.put(1);
  expect(await first).toEqual({ done: false, value: 1 });
  for (const value of [2, 3, 4]) latest.put(value);
  expect(await valueOf(latest)).toBe(4);
});

test("when it ends, what was not taken is gone, and the reason is told once", async () => {
  const latest = new Latest<number>();
  latest.put(1);
  latest.end(new Error("expired"));
  latest.put(2);
  await expect(latest.next()).rejects.toThrow("expired");
  expect(await latest.next()).toEqual({ done: true, value: undefined });
  await latest.ended;
});

test.each([undefined, new Error("expired")])("who waits when it ends does not wait for ever", async (reason) => {
  const latest = new Latest<number>();
  const waiting = latest.next();
  latest.end(reason);
  if (reason) await expect(waiting).rejects.toBe(reason);
  else expect(await waiting).toEqual({ done: true, value: undefined });
});

test("a reader that goes while it waits ends it, and is told no reason", async () => {
  const latest = new Latest<number>();
  const waiting = latest.next();
  await latest.return();
  expect((await waiting).done).toBe(true);
  await latest.ended;
  latest.end(new Error("expired"));
  expect((await latest.next()).done).toBe(true);
});
