import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";

/** Forks the service and answers it when it has said that it is ready. */
const start = async (kind: string, deadline = 300): Promise<{ child: ChildProcess; output: () => string }> => {
  const child = fork(join(import.meta.dirname, "../../dist/test/support/service.child.js"), [kind, String(deadline)], { silent: true });
  let output = "";
  child.stdout!.on("data", (chunk) => (output += chunk));
  expect((await once(child, "message"))[0]).toEqual({ ready: "test://here" });
  return { child, output: () => output };
};

describe("a service that is asked to end", () => {
  test.each(["SIGTERM", "SIGINT"] as const)("stops what it started once, and ends with 0, at %s", async (signal) => {
    const { child, output } = await start("quick");
    child.kill(signal);
    expect(await once(child, "exit")).toEqual([0, null]);
    expect(output()).toBe("stopped\n");
  });

  test("stops when the parent that started it is gone", async () => {
    const { child, output } = await start("quick");
    child.disconnect();
    expect(await once(child, "exit")).toEqual([0, null]);
    expect(output()).toBe("stopped\n");
  });

  test("does not wait longer than its deadline", async () => {
    const { child, output } = await start("slow");
    child.kill("SIGTERM");
    expect(await once(child, "exit")).toEqual([1, null]);
    expect(output()).toBe("");
  });

  test("ends at once when asked again", async () => {
    const { child } = await start("slow", 30_000);
    const began = performance.now();
    child.kill("SIGINT");
    const again = setTimeout(() => child.kill("SIGINT"), 700);
    expect(await once(child, "exit")).toEqual([1, null]);
    clearTimeout(again);
    expect(performance.now() - began).toBeLessThan(5_000);
  });

  test("stops in peace when one Ctrl-C arrives twice, from the terminal and from npm", async () => {
    const { child, output } = await start("quick");
    child.kill("SIGINT");
    child.kill("SIGINT");
    expect(await once(child, "exit")).toEqual([0, null]);
    expect(output()).toBe("stopped\n");
  });
});
