import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { startPostgres } from "#platform/postgres/embedded-postgres.js";
import { createDatabase } from "../support/postgres.js";
import { System } from "../support/system.js";
import { fuzz, slowAnswers } from "./api/fuzz.js";
import { fuzzEventStore } from "./event-store.js";

type Options = { readonly cases: number; readonly seed: number };

/** The api, with all that stands behind it. Answers what was found. */
async function api({ cases: requests, seed }: Options): Promise<readonly string[]> {
  const system = await new System().start();
  try {
    const { statuses, faults, exchanges } = await fuzz(system, { requests, seed });
    const slow = await slowAnswers(system, { exchanges }, 2);
    process.stdout.write(`${JSON.stringify(statuses)}\n`);
    return [...faults, ...(slow.length > 0 ? [`${slow.join(", ")}: answers took longer than two seconds`] : [])];
  } finally {
    await system.stop();
  }
}

const targets: Readonly<Record<string, (options: Options) => Promise<readonly string[]>>> = {
  api,
  "event-store": async ({ cases, seed }) => fuzzEventStore(await createDatabase(), cases, seed),
};
const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { cases: { type: "string", default: "10000" }, seed: { type: "string", default: String(Date.now() % 1_000_000) } },
});
const target = targets[positionals[0] ?? ""];
if (!target) {
  process.stderr.write(`Name one of: ${Object.keys(targets).join(", ")}\n`);
  process.exit(1);
}
const directory = mkdtempSync(join(tmpdir(), "hifadhi-fuzz-"));
const postgres = await startPostgres({ directory });
process.env["TEST_POSTGRES_URL"] = postgres.urlOf("postgres");
let found: readonly string[] = [];
try {
  process.stdout.write(`seed ${values.seed}\n`);
  found = await target({ cases: Number(values.cases), seed: Number(values.seed) });
  process.stdout.write(found.length > 0 ? `${found.join("\n")}\n` : "nothing found\n");
} finally {
  await postgres.stop();
  rmSync(directory, { recursive: true, force: true });
}
process.exit(found.length > 0 ? 1 : 0);
