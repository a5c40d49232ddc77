import { spawnSync } from "node:child_process";
import { globSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";

// Compiles into `dist`, unless that is what is there already: a running system reads from it, and must not lose it under its feet because
// somebody asks how it is doing.

const folders = ["apps", "libs", "test"];
const kept = join("dist", ".compiled");
const sources = [...folders.flatMap((folder) => globSync(`${folder}/**/*.ts`)), ".swcrc", "package-lock.json"].toSorted();
const today = sources.map((file) => `${file} ${statSync(file).size} ${statSync(file).mtimeMs}`).join("\n");

const compiled = () => {
  try {
    return readFileSync(kept, "utf8");
  } catch {
    return "";
  }
};

if (compiled() !== today) {
  const { status } = spawnSync(`swc ${folders.join(" ")} -d dist --delete-dir-on-start --quiet`, { shell: true, stdio: "inherit" });
  if (status !== 0) process.exit(status ?? 1);
  writeFileSync(kept, today);
}
