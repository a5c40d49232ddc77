import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { LogFile } from "./log-file.js";

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), "hifadhi-log-"))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test("what a program writes is kept with what was written before, and told apart from it", async () => {
  const log = new LogFile(join(folder, "api.log"));
  const first = await log.open();
  await first.write("before\n");
  await first.close();
  const second = await log.open();
  await second.write("now\n");
  expect(log.written).toBe("now\n");
  expect(readFileSync(log.path, "utf8")).toBe("before\nnow\n");
  await second.close();
});

test("a log that has become too large is cut while the program goes on to write to it, and one before it is kept", async () => {
  const log = new LogFile(join(folder, "api.log"), 10);
  const file = await log.open();
  await file.write("a line that is too long\n");
  log.cutIfLarge();
  await file.write("next\n");
  expect(log.written).toBe("next\n");
  log.cutIfLarge();
  expect([readFileSync(log.path, "utf8"), readFileSync(`${log.path}.1`, "utf8")]).toEqual(["next\n", "a line that is too long\n"]);
  await file.close();
});
