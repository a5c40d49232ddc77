import { mkdirSync, mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { requireKind } from "./kind.js";

const folder = (): string => mkdtempSync(join(tmpdir(), "hifadhi-kind-"));

test("a folder is what it was at its first start", () => {
  const [demo, real] = [folder(), folder()];
  for (let start = 0; start < 2; start++) {
    requireKind(demo, "demo");
    requireKind(real, "real");
  }
  expect(() => requireKind(demo, "real")).toThrow("npm start -- --demo");
  expect(() => requireKind(real, "demo")).toThrow("holds real data");
});

test("a folder from before this was said belongs to a demo", () => {
  const old = folder();
  mkdirSync(join(old, "keys"));
  requireKind(old, "demo");
  expect(() => requireKind(old, "real")).toThrow("holds a demo");
});
