import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { CannotStart } from "#platform/configuration/cannot-start.js";
import { liveAs } from "../../apps/standalone/program.js";
import { type Life, supervise } from "../../apps/standalone/supervisor.js";
import { eventually } from "../support/processes.js";
import { temporaryFolder } from "../support/temporary-folder.js";

const main = join(import.meta.dirname, "../../dist/test/support/flaky.child.js");

/** A program that notes each of its lives, supervised, with every line that people were told. */
const supervised = (kind: string, patience?: number) => {
  const folder = temporaryFolder();
  const notes = join(folder, "notes");
  const lives = () => (existsSync(notes) ? readFileSync(notes, "utf8").trim().split("\n").map(Number) : []);
  const said: string[] = [];
  const program = { main, arguments: [kind, notes], log: join(folder, "flaky.log") };
  return { lives, said, log: program.log, ...supervise("flaky", liveAs(program, patience), (line) => said.push(line)) };
};

const isAlive = (pid: number): boolean => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

describe("a supervised program", () => {
  test("says when it is ready, and is gone when it was stopped", async () => {
    const { ready, lives, said, stop } = supervised("steady");
    expect(await ready).toBe("life 1");
    expect(isAlive(lives()[0]!)).toBe(true);
    await stop();
    expect(lives().some(isAlive)).toBe(false);
    expect(said).toEqual([]);
  });

  test("is started again when it was killed, with a line for people, and not when it was stopped", async () => {
    const { ready, lives, said, log, stop } = supervised("steady");
    await ready;
    process.kill(lives()[0]!, "SIGKILL");
    await eventually("it is back", () => said.length === 2);
    expect(said).toEqual([`  flaky        has ended: SIGKILL, see ${log} - it is started again in 0.2 s`, "  flaky        is back"]);
    await stop();
    await pause(500);
    expect(lives()).toHaveLength(2);
    expect(lives().some(isAlive)).toBe(false);
  });

  test("that ends again and again once it was ready is started again and again, with growing pauses", async () => {
    const { ready, lives, said, stop } = supervised("fading");
    await ready;
    await eventually("the fifth life", () => lives().length === 5);
    const ends = said.filter((line) => line.includes("has ended"));
    expect(ends.slice(0, 4)).toEqual(
      [0.2, 0.4, 0.8, 1.6].map(
        (seconds) => `  flaky        has ended: exit code 1, cannot reach the database - it is started again in ${seconds} s`,
      ),
    );
    await stop();
  });

  test("that was never ready is given up, in one sentence with its last words", async () => {
    const { ready, lives, said, stop } = supervised("crash");
    await expect(ready).rejects.toThrow(new CannotStart("PartEnded", "flaky cannot start: exit code 1, cannot reach the database"));
    expect(lives()).toHaveLength(3);
    expect(said).toEqual([]);
    await stop();
  });

  test("that does not stop in time is killed", async () => {
    const { ready, lives, stop } = supervised("stubborn", 200);
    await ready;
    await stop();
    expect(lives().some(isAlive)).toBe(false);
  });

  test("can be stopped while it waits for its next start", async () => {
    const { ready, lives, said, stop } = supervised("fading");
    await ready;
    // The fourth pause is long enough to be met, however busy the machine is.
    await eventually("it waits for 1.6 s", () => said.at(-1)?.includes("1.6 s") ?? false);
    const before = lives().length;
    await stop();
    await pause(1_800);
    expect(lives()).toHaveLength(before);
  });
});

describe("a part that cannot begin a life", () => {
  test("is given up at once at the first start, where a person has to do something first", async () => {
    const refused = new CannotStart("FolderInUse", "Another instance is running.");
    const { ready, stop } = supervise(
      "part",
      () => Promise.reject(refused),
      () => undefined,
    );
    await expect(ready).rejects.toBe(refused);
    await stop();
  });

  test("is tried again and again once it was ready, and comes back", async () => {
    const said: string[] = [];
    let lives = 0;
    const live: Life = async (isReady, stopping) => {
      lives++;
      if (lives === 2 || lives === 3) throw new CannotStart("PostgresFailed", "The disk is full.");
      isReady("here");
      if (lives > 1) await new Promise((resolve) => stopping.addEventListener("abort", resolve));
      return "gone";
    };
    const { stop } = supervise("part", live, (line) => said.push(line.trim()));
    await eventually("it is back", () => said.at(-1) === "part         is back");
    expect(said).toEqual([
      "part         has ended: gone - it is started again in 0.2 s",
      "part         has ended: The disk is full. - it is started again in 0.4 s",
      "part         has ended: The disk is full. - it is started again in 0.8 s",
      "part         is back",
    ]);
    await stop();
  });
});
