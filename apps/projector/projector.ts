import { setTimeout as pause } from "node:timers/promises";
import type { Logger } from "pino";
import { createLogger } from "#platform/logging/logging.js";
import { openPool } from "#platform/postgres/postgres.js";
import { tellNotice } from "#platform/process/shutdown.js";
import type { ChainFinding } from "#projection/watch/chain-records.js";
import { Chains } from "#projection/watch/chains.js";
import { Leases } from "#projection/run/leases.js";
import { migrate, readModels } from "#projection/declare/migrations.js";
import { runPolicies } from "#projection/run/policy-runner.js";
import { PostgresPolicyStore } from "#projection/run/policy-store.js";
import { PostgresStore } from "#projection/run/postgres-store.js";
import { ReadableAgain } from "#projection/park/readable-again.js";
import { bringUp } from "#projection/rebuild/bring-up.js";
import { runViews } from "#projection/run/runner.js";
import { askWhatIsDue } from "#projection/run/due-dates.js";
import { runTasks } from "#projection/watch/run-tasks.js";
import { isTransient } from "#projection/run/transient.js";
import { keyFromFile } from "#seal/key-encryption-key.js";
import { openSeal } from "#seal/seal.js";
import { Changes } from "#store/changes.js";
import { EventLog } from "#store/event-log.js";
import type { Configuration } from "./configuration.js";
import { dues, policies, views } from "#domain/domain.js";
import { imports, isOpenAt } from "#imports/imports.js";
import { metrics, serve } from "./metrics.js";
import { Watch } from "./watch.js";

/** How often the processes look who does what, milliseconds. */
const lookEvery = 3_000;
/** A statement may take so long; a process that stands still in the midst of a batch may hold its rows so long. Milliseconds. */
const patience = { statement_timeout: 30_000, idle_in_transaction_session_timeout: 10_000 };
const viewUnit = (partition: number): string => `views ${partition}`;
const policyUnit = "policies";
const dueUnit = "due dates";
const taskUnit = "tasks";

/** Keeps views in step with the log, and asks for what policies want; shares both with the other projectors. */
export async function startProjector(configuration: Configuration, failed: (error: Error) => void) {
  const { DATABASE_URL, EVENTSTORE_URL, KEYRING_URL, KEY_FILE, LOG_LEVEL, PARTITIONS, PROJECTOR_PORT, TIME_ZONE } = configuration;
  const seal = await openSeal({ keyringUrl: KEYRING_URL, key: await keyFromFile(KEY_FILE) });
  const log = new EventLog(EVENTSTORE_URL, { marker: seal });
  await prepareTables(log, configuration);
  const logger = createLogger("projector", LOG_LEVEL);
  const { observer, registry } = metrics(logger);
  const pool = openPool(DATABASE_URL, { max: PARTITIONS + 4, ...patience });
  const changes = new Changes(log, seal, { zone: TIME_ZONE });
  const alarm = alarmIn(logger);
  const chains = new Chains(log, pool, alarm);
  const runner = { log, store: new PostgresStore(pool, views, PARTITIONS), views, partitions: PARTITIONS, observer, chains };
  const asking = { log, changes, store: new PostgresPolicyStore(pool), policies, observer };
  const dates = { pool, changes, dues, observer, isOpen: (id: string) => isOpen(changes, id) };
  const workshop = { log, pool, url: DATABASE_URL, views, policies, dues, alarm };
  const again = new ReadableAgain({ ...asking, pool, views, interrupted: (error) => observer.interrupted("readable again", error) });
  const partitions = Array.from({ length: PARTITIONS }, (_, partition) => partition);
  const leases = new Leases(DATABASE_URL, [...partitions.map(viewUnit), policyUnit, dueUnit, taskUnit]);

  const share = await shareOf(leases, failed, (units, signal) => {
    logger.info({ units: [...units].toSorted() }, "Holding these leases");
    const own = partitions.filter((partition) => units.has(viewUnit(partition)));
    return [
      ...(own.length > 0 ? [runViews(runner, own, signal)] : []),
      ...(units.has(policyUnit) ? [runPolicies(asking, signal)] : []),
      ...(units.has(dueUnit) ? [askWhatIsDue(dates, signal)] : []),
      ...(units.has(taskUnit) ? [runTasks(workshop, signal), again.keepTaking(signal)] : []),
    ];
  });
  const watch = new Watch(log, pool, registry, () => share.units().has(taskUnit), undefined, tellNotice);
  const server = await serve(registry, watch, PROJECTOR_PORT);
  watch.start();
  return {
    async stop() {
      watch.stop();
      await share.stop();
      await chains.keep().catch(() => undefined);
      server.close();
      await leases.release();
      await Promise.allSettled([log.close(), pool.end(), seal.close()]);
    },
  };
}

/** While history is brought in, what falls due of it waits: all of it has to be told first. */
async function isOpen(changes: Changes, id: string): Promise<boolean> {
  const { state } = await changes.states.fresh(imports, id);
  return isOpenAt(state, changes.clock().toISOString());
}

const alarmIn =
  (logger: Logger) =>
  ({ stream, revision, position, kind }: ChainFinding): void =>
    logger.error(
      { stream, revision, position, code: kind },
      "A fact is not as the application wrote it. Look into it: projections chains list",
    );

/** Brings the tables up to date, and folds anew beside them what of another version is there. */
async function prepareTables(log: EventLog, { DATABASE_URL, PARTITIONS }: Configuration): Promise<void> {
  const source = await readModels(DATABASE_URL, views).initialize();
  await migrate(source, views, PARTITIONS, policies);
  await bringUp(log, DATABASE_URL, views);
  await migrate(source, views, PARTITIONS);
  await source.destroy();
}

/** Begins what these units need, until `signal` aborts. */
type Begin = (units: ReadonlySet<string>, signal: AbortSignal) => readonly Promise<unknown>[];

/** This process's share of the work: what it holds leases of, looked at again every few seconds. `failed` hears what ends all of it. */
async function shareOf(leases: Leases, failed: (error: Error) => void, begin: Begin) {
  const work = (units: ReadonlySet<string>) => {
    const stop = new AbortController();
    const running = Promise.all(begin(units, stop.signal)).then(() => undefined, failed);
    return { units, stop: () => (stop.abort(), running) };
  };
  const ended = new AbortController();
  let working = work(await leases.balance());
  const balance = async () => {
    while (!ended.signal.aborted) {
      await pause(lookEvery, undefined, { signal: ended.signal }).catch(() => undefined);
      if (ended.signal.aborted) return;
      // While the database is away nobody can take anything over: what is held is held.
      const units = await leases.balance().catch((error: unknown) => (isTransient(error) ? working.units : Promise.reject(error as Error)));
      if (isSame(units, working.units)) continue;
      await working.stop();
      working = work(units);
    }
  };
  const balancing = balance().catch(failed);
  const stop = async () => {
    ended.abort();
    await balancing;
    await working.stop();
  };
  return { units: () => working.units, stop };
}

const isSame = (one: ReadonlySet<string>, other: ReadonlySet<string>): boolean =>
  one.size === other.size && [...one].every((each) => other.has(each));
