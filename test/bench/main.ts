import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type EmbeddedPostgres, startPostgres } from "#platform/postgres/embedded-postgres.js";
import { System } from "../support/system.js";
import { canonicalForms } from "./canonical.js";
import { due } from "./due.js";
import { eventStore } from "./event-store/event-store.js";
import { eventStoreHostile } from "./event-store/hostile.js";
import { eventStoreSize } from "./event-store/size.js";
import { asRun, hostile } from "./hostile.js";
import { history } from "./history.js";
import { http } from "./http.js";
import { live, liveLimits } from "./live.js";
import { projections } from "./projections/projections.js";
import { queries } from "./queries/queries.js";
import { readYourWrites } from "./read-your-writes.js";
import { standalone } from "./standalone.js";

/** Of the whole running system. */
const ofSystem = (benchmark: (system: System) => Promise<void>, over?: Record<string, string>) => async (): Promise<void> => {
  const system = new System();
  try {
    await system.start(over);
    await benchmark(system);
  } finally {
    await system.stop();
  }
};

const benchmarks: Readonly<Record<string, (postgres: EmbeddedPostgres) => Promise<void>>> = {
  http: ofSystem(http),
  history: ofSystem(history),
  hostile: ofSystem(hostile, asRun),
  live: ofSystem(live, liveLimits),
  due,
  projections,
  queries,
  "read-your-writes": ofSystem(readYourWrites),
  "event-store": eventStore,
  "event-store-hostile": eventStoreHostile,
  "event-store-size": eventStoreSize,
};
/** Of what brings its own database, or needs none. `npm run bench -- standalone 60`: an hour of use instead of five minutes. */
const alone: Readonly<Record<string, () => Promise<void> | void>> = {
  standalone: () => standalone(Number(process.argv[3] ?? 5)),
  canonical: canonicalForms,
};
const name = process.argv[2] ?? "";
if (alone[name]) {
  await alone[name]();
  process.exit(0);
}
const benchmark = benchmarks[name];
if (!benchmark) {
  process.stderr.write(`Name one of: ${[...Object.keys(benchmarks), ...Object.keys(alone)].join(", ")}\n`);
  process.exit(1);
}
const directory = mkdtempSync(join(tmpdir(), "hifadhi-bench-"));
// As a server of its own would have it, a country's million cases being more than a laptop keeps in memory.
const postgres = await startPostgres({ directory, sharedBuffers: "2GB" });
process.env["TEST_POSTGRES_URL"] = postgres.urlOf("postgres");
try {
  await benchmark(postgres);
} finally {
  await postgres.stop();
  rmSync(directory, { recursive: true, force: true });
}
process.exit(0);
