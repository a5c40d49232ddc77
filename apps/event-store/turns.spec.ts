import { Crowded, Turns } from "./turns.js";

const work = () => {
  let end = () => {};
  const done = new Promise<void>((resolve) => (end = resolve));
  return { done, end };
};

test("so many run at once, and addresses take turns", async () => {
  const turns = new Turns(1, 10, 10);
  const begun: string[] = [];
  const [gate, rest] = [work(), [] as Promise<void>[]];
  const first = turns.run("one", () => gate.done);
  for (const name of ["one 1", "one 2", "one 3", "other 1", "other 2"])
    rest.push(turns.run(name.split(" ")[0]!, async () => void begun.push(name)));
  expect(begun).toEqual([]);
  gate.end();
  await Promise.all([first, ...rest]);
  expect(begun).toEqual(["one 1", "other 1", "one 2", "other 2", "one 3"]);
});

test("beyond what may wait, of one address or of all, it is refused at once", async () => {
  const turns = new Turns(1, 3, 2);
  const gate = work();
  const running = [turns.run("one", () => gate.done), turns.run("one", async () => {}), turns.run("one", async () => {})];
  await expect(turns.run("one", async () => {})).rejects.toThrow(Crowded);
  running.push(turns.run("other", async () => {}));
  await expect(turns.run("third", async () => {})).rejects.toThrow(Crowded);
  gate.end();
  await Promise.all(running);
  await expect(turns.run("one", async () => "done")).resolves.toBe("done");
});

test("what fails makes way for the next", async () => {
  const turns = new Turns(1, 1, 1);
  await expect(turns.run("one", () => Promise.reject(new Error("away")))).rejects.toThrow("away");
  await expect(turns.run("one", async () => "done")).resolves.toBe("done");
});
