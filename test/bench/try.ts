import "reflect-metadata";
import { fork } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { EmbeddedPostgres } from "#platform/embedded-postgres.js";
import { migrate, readModels } from "#projection/migrations.js";
import { views } from "../../apps/projector/views.js";
import { startServer } from "./event-store/server.js";
import { tellCases } from "./projections/caseload.js";
export async function tryIt(postgres: EmbeddedPostgres) {
  const server = await startServer({ databaseUrl: await postgres.ensureDatabase("bench_events") });
  const url = (server as any).url;
  const DATABASE_URL = await postgres.ensureDatabase("bench_views");
  const t = performance.now();
  await tellCases(url, Number(process.argv[3] ?? 2000), undefined);
  console.log("told", (performance.now() - t) / 1000);
  const source = await readModels(DATABASE_URL, views).initialize();
  await migrate(source, views, 4);
  await source.destroy();
  for (const name of ["drain", "rebuild", "drain", "rebuild"]) {
    const child = fork(join(import.meta.dirname, `projections/${name}.child.js`), [], { env: { ...process.env, EVENTSTORE_URL: url, DATABASE_URL }, execArgv: (process.env["FLAGS"]??"").split(" ").filter(Boolean), stdio: ["ignore", "inherit", "inherit", "ipc"] });
    const [answer] = await once(child, "message");
    const status = readFileSync(`/proc/${child.pid}/status`, "utf8");
    console.log(name, JSON.stringify(answer), /VmHWM:\s+(\d+)/.exec(status)?.[1]);
    await once(child, "exit");
  }
  await server.stop();
}
