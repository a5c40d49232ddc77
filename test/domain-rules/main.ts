import { execFile } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { SingleBar } from "cli-progress";
import { rules, type DomainRule } from "./rules.js";
import { without } from "./sources.js";

// Takes each rule of the field away, in a copy of the sources, and sees that its examples go red.

const root = process.cwd();
const copy = mkdtempSync(join(tmpdir(), "domain-coverage-"));
for (const each of ["libs", "apps", "templates", "test", "package.json", "jest.config.js", ".swcrc", "tsconfig.json"])
  cpSync(join(root, each), join(copy, each), { recursive: true });
symlinkSync(join(root, "node_modules"), join(copy, "node_modules"));

/** Do these examples pass? */
async function passes(spec: string): Promise<boolean> {
  const given = [
    "--experimental-vm-modules",
    "--disable-warning=ExperimentalWarning",
    "node_modules/jest/bin/jest.js",
    "--selectProjects",
    "unit",
  ];
  try {
    await promisify(execFile)(process.execPath, [...given, "--runTestsByPath", spec], { cwd: copy, maxBuffer: 2 ** 26 });
    return true;
  } catch {
    return false;
  }
}

async function goesRed(rule: DomainRule): Promise<boolean> {
  const file = join(copy, rule.file);
  const text = readFileSync(file, "utf8");
  writeFileSync(file, without(text, rule));
  try {
    return !(await passes(rule.spec));
  } finally {
    writeFileSync(file, text);
  }
}

const bar = new SingleBar({ format: "{bar} {value} of {total} rules | {eta_formatted}" });
const failed: string[] = [];
bar.start(rules.length, 0);
for (const spec of new Set(rules.map((rule) => rule.spec))) if (!(await passes(spec))) failed.push(`${spec} fails as it is`);
for (const rule of failed.length === 0 ? rules : []) {
  if (!(await goesRed(rule))) failed.push(`${rule.code} (${rule.file}) can be taken away, and ${rule.spec} stays green`);
  bar.increment();
}
bar.stop();
rmSync(copy, { recursive: true });
process.stdout.write(failed.length > 0 ? `${failed.join("\n")}\n` : `All ${rules.length} rules have examples that go red without them.\n`);
process.exit(failed.length > 0 ? 1 : 0);
