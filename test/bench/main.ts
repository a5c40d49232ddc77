import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startPostgres } from "#platform/embedded-postgres.js";
import { System } from "../support/system.js";
import { http } from "./http.js";
import { projection } from "./projection.js";

const benchmarks: Readonly<Record<string, (system: System) => Promise<void>>> = { http, projection };
const benchmark = benchmarks[process.argv[2] ?? ""];
if (!benchmark) {
  process.stderr.write(`Name one of: ${Object.keys(benchmarks).join(", ")}\n`);
  process.exit(1);
}
const postgres = await startPostgres({ directory: mkdtempSync(join(tmpdir(), "hifadhi-bench-")) });
process.env["TEST_POSTGRES_URL"] = postgres.urlOf("postgres");
const system = new System();
try {
  await system.start();
  await benchmark(system);
} finally {
  await system.stop();
  await postgres.stop();
}
process.exit(0);
