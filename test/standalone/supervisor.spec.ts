import { readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { supervise } from "../../apps/standalone/supervisor.js";
import { temporaryFolder } from "../support/temporary-folder.js";

const main = join(import.meta.dirname, "../../dist/test/support/flaky.child.js");

const program = (kind: string) => {
  const folder = temporaryFolder();
  const notes = join(folder, "notes");
  const lives = () => readFileSync(notes, "utf8").trim().split("\n").map(Number);
  return { lives, program: { name: "flaky", main, arguments: [kind, notes], log: join(folder, "flaky.log") } };
};

const isAlive = (pid: number): boolean => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

const until = async (holds: () => boolean): Promise<void> => {
  while (!holds()) await pause(20);
};

describe("a supervised program", () => {
  test("says when it is ready, and is gone when it was stopped", async () => {
    const { program: steady, lives } = program("steady");
    const supervised = supervise(steady);
    expect(await supervised.ready).toBe("life 1");
    expect(isAlive(lives()[0]!)).toBe(true);
    await supervised.stop();
    expect(lives().some(isAlive)).toBe(false);
  });

  test("is started again when it was killed, and not when it was stopped", async () => {
    const { program: steady, lives } = program("steady");
    const supervised = supervise(steady);
    await supervised.ready;
    process.kill(lives()[0]!, "SIGKILL");
    await until(() => lives().length === 2);
    await supervised.stop();
    await pause(500);
    expect(lives()).toHaveLength(2);
    expect(lives().some(isAlive)).toBe(false);
  });

  test("that crashes three times right after its start is given up, with the end of its log", async () => {
    const { program: crash, lives } = program("crash");
    const supervised = supervise(crash);
    const sentence = await supervised.hopeless;
    expect(sentence).toContain("flaky stopped 3 times right after its start");
    expect(sentence).toContain("cannot reach the database");
    expect(lives()).toHaveLength(3);
    await supervised.stop();
  });

  test("that does not stop in time is killed", async () => {
    const { program: stubborn, lives } = program("stubborn");
    const supervised = supervise(stubborn);
    await supervised.ready;
    await supervised.stop(200);
    expect(lives().some(isAlive)).toBe(false);
  });

  test("can be stopped while it waits for its next start", async () => {
    const { program: crash, lives } = program("crash");
    const supervised = supervise(crash);
    await until(() => {
      try {
        return lives().length === 1 && !isAlive(lives()[0]!);
      } catch {
        return false;
      }
    });
    await supervised.stop();
    await pause(500);
    expect(lives()).toHaveLength(1);
  });
});
