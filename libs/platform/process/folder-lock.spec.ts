import { mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { lockFolder, makeFolder } from "./folder-lock.js";

let above: string;
beforeEach(() => (above = mkdtempSync(join(tmpdir(), "hifadhi-folder-"))));
afterEach(() => rmSync(above, { recursive: true, force: true }));

test("a folder is made with what is missing above it, and closed to others", () => {
  const made = makeFolder(join(above, "a", "b"));
  expect(statSync(made).mode & 0o066).toBe(0);
  expect(makeFolder(made)).toBe(made);
});

test("what is a file, or lies below one, is told as that", () => {
  const file = join(above, "file");
  writeFileSync(file, "");
  for (const folder of [file, join(file, "below")])
    expect(() => makeFolder(folder)).toThrow(`The folder ${folder} cannot be used: it is a file, or lies below one.`);
});

test("where no folder can be made, that is told at once, and nothing is tried for ever", () => {
  expect(() => makeFolder("/proc/nothing")).toThrow(/^The folder \/proc\/nothing cannot be used: /);
});

test("a folder is one program's alone, and free again when that gives it back", () => {
  const free = lockFolder(join(above, "data"));
  expect(() => lockFolder(join(above, "data"))).toThrow("Another instance is running");
  free();
  lockFolder(join(above, "data"))();
});
