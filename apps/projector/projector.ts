import { createServer, type Server } from "node:http";
import { setTimeout as pause } from "node:timers/promises";
import { createLogger } from "#platform/logging/logging.js";
import { openPool } from "#platform/postgres/postgres.js";
import { tellNotice } from "#platform/process/shutdown.js";
import type { Logger } from "pino";
import { Counter, Gauge, Histogram, type Registry } from "prom-client";
import { processRegistry } from "#platform/logging/registry.js";
import type { ChainFinding } from "#projection/watch/chain-records.js";
import { Chains } from "#projection/watch/chains.js";
import { Leases } from "#projection/run/leases.js";
import { migrate, readModels } from "#projection/declare/migrations.js";
import { runPolicies } from "#projection/run/policy-runner.js";
import { PostgresPolicyStore } from "#projection/run/policy-store.js";
import { PostgresStore } from "#projection/run/postgres-store.js";
import { ReadableAgain } from "#projection/park/readable-again.js";
import { bringUp } from "#projection/rebuild/bring-up.js";
import { runViews, type Observer } from "#projection/run/runner.js";
import { runTasks } from "#projection/watch/run-tasks.js";
import { isTransient } from "#projection/run/transient.js";
import { keyFromFile } from "#seal/key-encryption-key.js";
import { openSeal } from "#seal/seal.js";
import { Changes } from "#store/changes.js";
import { EventLog } from "#store/event-log.js";
import type { Configuration } from "./configuration.js";
import { policies, views } from "./views.js";
import { Watch } from "./watch.js";

/** How often the processes look who does what, milliseconds. */
const lookEvery = 3_000;
/** A statement may take so long; a process that stands still in the midst of a batch may hold its rows so long. Milliseconds. */
const patience = { statement_timeout: 30_000, idle_in_transaction_session_timeout: 10_000 };
const policyUnit = "policies";
const taskUnit = "tasks";

/** Keeps views in step with the log, and asks for what policies want; shares both with the other projectors. */
export async function startProjector(configuration: Configuration, failed: (error: Error) => void) {
  const { DATABASE_URL, EVENTSTORE_URL, KEYRING_URL, KEY_FILE, LOG_LEVEL, PARTITIONS, PROJECTOR_PORT } = configuration;
  const seal = await openSeal({ keyringUrl: KEYRING_URL, key: await keyFromFile(KEY_FILE) });
  const log = new EventLog(EVENTSTORE_URL, { marker: seal });
  const source = await readModels(DATABASE_URL, views).initialize();
  await migrate(source, views, PARTITIONS, policies);
  const logger = createLogger("projector", LOG_LEVEL);
  const { observer, registry } = metrics(logger);
  await bringUp(log, DATABASE_URL, views);
  await migrate(source, views, PARTITIONS);
  await source.destroy();
  const pool = openPool(DATABASE_URL, { max: PARTITIONS + 4, ...patience });
  const changes = new Changes(log, seal, { zone: configuration.TIME_ZONE });
  const unitOf = (partition: number) => `views ${partition}`;
  const partitions = Array.from({ length: PARTITIONS }, (_, partition) => partition);
  const leases = new Leases(DATABASE_URL, [...partitions.map(unitOf), policyUnit, taskUnit]);
  const alarm = ({ stream, revision, position, kind }: ChainFinding) =>
    logger.error(
      { stream, revision, position, code: kind },
      "A fact is not as the application wrote it. Look into it: projections chains list",
    );
  const chains = new Chains(log, pool, alarm);
  const runner = { log, store: new PostgresStore(pool, views, PARTITIONS), views, partitions: PARTITIONS, observer, chains };

  const policyStore = new PostgresPolicyStore(pool);
  const workshop = { log, pool, url: DATABASE_URL, views, policies, alarm };
  const interrupted = (error: Error) => observer.interrupted("readable again", error);
  const again = new ReadableAgain({ log, pool, views, policies, changes, interrupted });
  const watch = new Watch(log, pool, registry, () => working.units.has(taskUnit), undefined, tellNotice);

  /** Does the work of these units until it is stopped. */
  const work = (units: ReadonlySet<string>) => {
    const stop = new AbortController();
    const own = partitions.filter((partition) => units.has(unitOf(partition)));
    const running = Promise.all([
      ...(own.length > 0 ? [runViews(runner, own, stop.signal)] : []),
      ...(units.has(policyUnit) ? [runPolicies({ log, changes, store: policyStore, policies, observer }, stop.signal)] : []),
      ...(units.has(taskUnit) ? [runTasks(workshop, stop.signal), again.keepTaking(stop.signal)] : []),
    ]).then(() => undefined, failed);
    return { units, stop: () => (stop.abort(), running) };
  };
  const ended = new AbortController();
  let working = work(await leases.balance());
  const balancing = (async () => {
    while (!ended.signal.aborted) {
      await pause(lookEvery, undefined, { signal: ended.signal }).catch(() => undefined);
      if (ended.signal.aborted) return;
      // While the database is away nobody can take anything over: what is held is held.
      const units = await leases.balance().catch((error: unknown) => (isTransient(error) ? working.units : Promise.reject(error as Error)));
      if (isSame(units, working.units)) continue;
      await working.stop();
      working = work(units);
    }
  })().catch(failed);
  const server = await serve(registry, watch, PROJECTOR_PORT);
  watch.start();
  return {
    async stop() {
      ended.abort();
      watch.stop();
      await balancing;
      await working.stop();
      await chains.keep().catch(() => undefined);
      server.close();
      await leases.release();
      await Promise.allSettled([log.close(), pool.end(), seal.close()]);
    },
  };
}

const isSame = (one: ReadonlySet<string>, other: ReadonlySet<string>): boolean =>
  one.size === other.size && [...one].every((each) => other.has(each));

function metrics(logger: Logger): { observer: Observer; registry: Registry } {
  const registry = processRegistry();
  const labelNames = ["view", "partition"];
  const registers = [registry];
  const facts = new Counter({ name: "projection_facts_total", help: "Facts applied", labelNames, registers });
  const position = new Gauge({ name: "projection_position", help: "Committed position", labelNames, registers });
  const interruptions = new Counter({
    name: "projection_interruptions_total",
    help: "Times following began again",
    labelNames: ["view"],
    registers,
  });
  const batches = new Histogram({
    name: "projection_batch_seconds",
    help: "Time to fold and commit a batch",
    labelNames: ["partition"],
    registers,
  });
  const observer: Observer = {
    applied(view, partition, count, { commit }) {
      facts.inc({ view, partition }, count);
      position.set({ view, partition }, Number(commit));
    },
    committed: (partition, _facts, seconds) => batches.observe({ partition }, seconds),
    interrupted(view, error) {
      interruptions.inc({ view });
      logger.warn({ view, error }, "Following began again");
    },
    leftOut: ({ view, stream, revision, position, type, error, skipped }) =>
      logger.error(
        { view, stream, revision, position: position.commit, type, code: error },
        skipped ? "An event was passed over, as operators let it" : "A stream is parked: see projections dead-letters list",
      ),
  };
  return { observer, registry };
}

/** Health and metrics, for this machine; port 0 takes any free one. */
async function serve(registry: Registry, watch: Watch, port: number): Promise<Server> {
  const server = createServer((request, response) => {
    const ready = watch.isProgressing && watch.isStoreThere;
    const missing = watch.isStoreThere ? "views do not progress" : "the event store does not answer";
    if (request.url === "/health/live") response.end(JSON.stringify({ status: "live" }));
    else if (request.url === "/health/ready")
      response.writeHead(ready ? 200 : 503).end(JSON.stringify({ status: ready ? watch.status : missing }));
    else if (request.url === "/metrics")
      void registry.metrics().then((text) => response.setHeader("content-type", registry.contentType).end(text));
    else response.writeHead(404).end();
  });
  return new Promise((resolve, reject) => {
    server.once("error", () =>
      reject(new Error(`The port ${port} for the projector's metrics is taken. Choose another one with PROJECTOR_PORT.`)),
    );
    server.listen(port, "127.0.0.1", () => resolve(server));
  });
}
