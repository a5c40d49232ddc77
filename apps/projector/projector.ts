import { createServer, type Server } from "node:http";
import { Pool } from "pg";
import { Gauge, Counter, Registry, collectDefaultMetrics } from "prom-client";
import { casePolicies } from "#cases/cases.policy.js";
import { caseViews } from "#cases/cases.view.js";
import { migrate, readModels } from "#projection/migrations.js";
import { runPolicy } from "#projection/policy.js";
import { runView, type Witness } from "#projection/runner.js";
import { keyFromFile } from "#seal/key-encryption-key.js";
import { openSeal } from "#seal/seal.js";
import { shelterPolicies } from "#shelters/shelters.policy.js";
import { shelterViews } from "#shelters/shelters.view.js";
import { Changes } from "#store/changes.js";
import { EventLog } from "#store/event-log.js";
import type { Configuration } from "./configuration.js";

/** Keeps views in step with the log, and asks for what policies want. */
export async function startProjector(configuration: Configuration, failed: (error: Error) => void) {
  const views = [...caseViews, ...shelterViews];
  const source = await readModels(configuration.DATABASE_URL, views).initialize();
  await migrate(source, views);
  await source.destroy();
  const log = new EventLog(configuration.EVENTSTORE_URL);
  const pool = new Pool({ connectionString: configuration.DATABASE_URL, max: views.length + 4, statement_timeout: 30_000 });
  pool.on("error", () => undefined);
  const seal = await openSeal({ keyringUrl: configuration.KEYRING_URL, key: await keyFromFile(configuration.KEY_FILE) });
  const changes = new Changes(log, seal);
  const { witness, registry } = metrics();
  const stop = new AbortController();
  const running = [
    ...views.map((view) => runView(log, pool, view as never, witness, stop.signal)),
    ...[...casePolicies, ...shelterPolicies].map((policy) => runPolicy(changes, pool, policy, witness, stop.signal)),
  ].map((run) => run.catch(failed));
  const server = await serveMetrics(registry, configuration.PROJECTOR_PORT);
  return {
    async stop() {
      stop.abort();
      await Promise.all(running);
      server.close();
      await Promise.allSettled([log.close(), pool.end(), seal.close()]);
    },
  };
}

function metrics(): { witness: Witness; registry: Registry } {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const facts = new Counter({ name: "projection_facts_total", help: "Facts applied", labelNames: ["view"], registers: [registry] });
  const position = new Gauge({ name: "projection_position", help: "Committed position", labelNames: ["view"], registers: [registry] });
  const interruptions = new Counter({
    name: "projection_interruptions_total",
    help: "Times following began again",
    labelNames: ["view"],
    registers: [registry],
  });
  const witness: Witness = {
    applied(view, count, { commit }) {
      facts.inc({ view }, count);
      position.set({ view }, Number(commit));
    },
    interrupted: (view) => interruptions.inc({ view }),
  };
  return { witness, registry };
}

/** Liveness and metrics; port 0 takes any free one. */
async function serveMetrics(registry: Registry, port: number): Promise<Server> {
  const server = createServer((request, response) => {
    if (request.url !== "/metrics") return void response.end(JSON.stringify({ status: "live" }));
    void registry.metrics().then((text) => response.setHeader("content-type", registry.contentType).end(text));
  });
  return new Promise((resolve) => server.listen(port, "127.0.0.1", () => resolve(server)));
}
