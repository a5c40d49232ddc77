import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync, rmSync, statSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { freePort } from "#platform/free-port.js";
import { childrenOf, eventually, isRunning } from "../support/processes.js";
import { temporaryFolder } from "../support/temporary-folder.js";

interface Launched {
  readonly process: ChildProcess;
  readonly pid: number;
  output(): string;
  /** The exit code, when it has ended. */
  ended(): Promise<number | null>;
}

const main = join(import.meta.dirname, "../../dist/apps/standalone/main.js");

const launch = (environment: Record<string, string>): Launched => {
  const { DATABASE_URL: _, EVENTSTORE_URL: __, ...rest } = process.env;
  const child = spawn(process.execPath, [main], { env: { ...rest, ...environment }, stdio: ["ignore", "pipe", "pipe"] });
  let text = "";
  child.stdout.on("data", (chunk) => (text += chunk));
  child.stderr.on("data", (chunk) => (text += chunk));
  const closed = once(child, "close") as Promise<[number | null]>;
  return { process: child, pid: child.pid!, output: () => text, ended: async () => (await closed)[0] };
};

const ready = async (launched: Launched): Promise<void> => {
  await eventually("Ready", () => launched.output().includes("Ready.") || launched.process.exitCode !== null, 50);
  expect(launched.output()).toContain("Ready.");
};

const answers = async (port: number): Promise<number | undefined> => {
  try {
    return (await fetch(`http://127.0.0.1:${port}/health/ready`)).status;
  } catch {
    return undefined;
  }
};

describe("one command", () => {
  const data = join(temporaryFolder(), "data");
  let port: string;
  let running: Launched;

  beforeAll(async () => {
    port = String(await freePort());
    running = launch({ HIFADHI_DATA: data, PORT: port });
    await ready(running);
  });
  afterAll(() => running.process.kill("SIGTERM"));

  test("brings everything up, says where, and how to sign in", async () => {
    expect(await answers(Number(port))).toBe(200);
    const [, line] = /curl -s (.*)/.exec(running.output())!;
    const [address, ...fields] = line!.split(/ -d /);
    const response = await fetch(address!, { method: "POST", body: new URLSearchParams(fields.join("&")) });
    expect(await response.json()).toMatchObject({ access_token: expect.any(String) });
  });

  test("keeps its keys and its password to itself", () => {
    for (const file of ["keys/key-encryption.key", "keys/sign-in.key", "postgres/password", "logs/api.log"])
      expect([file, (statSync(join(data, file)).mode & 0o077).toString(8)]).toEqual([file, "0"]);
  });

  test("is refused on a folder where it runs already", async () => {
    const second = launch({ HIFADHI_DATA: data, PORT: String(await freePort()) });
    expect(await second.ended()).toBe(1);
    expect(second.output()).toContain(`Another instance is running on ${data}. Stop it first, or choose another folder.`);
    expect(await answers(Number(port))).toBe(200);
  });

  test("is refused on a port that is taken, before anything is started", async () => {
    const folder = temporaryFolder();
    const second = launch({ HIFADHI_DATA: folder, PORT: port });
    expect(await second.ended()).toBe(1);
    expect(second.output()).toContain(`Port ${port} is already in use. Choose another one: PORT=${Number(port) + 1} npm start`);
    expect(existsSync(join(folder, "postgres"))).toBe(false);
  });

  test("starts a part again that was killed", async () => {
    const children = childrenOf(running.pid).filter((pid) => commandOf(pid).includes("apps/api/main.js"));
    expect(children).toHaveLength(1);
    process.kill(children[0]!, "SIGKILL");
    await eventually("the api is gone", async () => (await answers(Number(port))) === undefined);
    await eventually("the api answers again", async () => (await answers(Number(port))) === 200);
  });

  test("that is killed leaves nothing running, and the next start finds everything as it was", async () => {
    const postmaster = Number(readFileSync(join(data, "postgres/cluster/postmaster.pid"), "utf8").split("\n")[0]);
    const started = [...childrenOf(running.pid), postmaster];
    expect(started.length).toBeGreaterThanOrEqual(4);
    const key = readFileSync(join(data, "keys/key-encryption.key"));
    running.process.kill("SIGKILL");
    await running.ended();
    running = launch({ HIFADHI_DATA: data, PORT: port });
    await eventually("its children have ended", () => !started.some(isRunning));
    await ready(running);
    expect(await answers(Number(port))).toBe(200);
    expect(readFileSync(join(data, "keys/key-encryption.key"))).toEqual(key);
  });

  test("stops at Ctrl-C, the database last, and frees the port", async () => {
    const postmaster = Number(readFileSync(join(data, "postgres/cluster/postmaster.pid"), "utf8").split("\n")[0]);
    const started = [...childrenOf(running.pid), postmaster];
    running.process.kill("SIGINT");
    expect(await running.ended()).toBe(0);
    expect(running.output()).toMatch(/Stopping \.\.\.\nEverything is stopped\.\n$/);
    expect(started.filter(isRunning)).toEqual([]);
    const log = readFileSync(join(data, "postgres/postgres.log"), "utf8");
    expect(log.trimEnd()).toMatch(/database system is shut down$/);
    const probe = createServer().listen(Number(port), "127.0.0.1");
    await once(probe, "listening");
    probe.close();
  });

  test("does not make a new key where names are sealed with a lost one", async () => {
    rmSync(join(data, "keys/key-encryption.key"));
    const again = launch({ HIFADHI_DATA: data, PORT: String(await freePort()) });
    expect(await again.ended()).toBe(1);
    expect(again.output()).toContain("is missing, but the keyring is in use: restore the file from its safe copy");
    expect(existsSync(join(data, "keys/key-encryption.key"))).toBe(false);
  });
});

describe("one command with a configuration that is wrong", () => {
  test("names each variable and starts nothing", async () => {
    const folder = join(temporaryFolder(), "data");
    const launched = launch({ HIFADHI_DATA: folder, PORT: "many", EVENTSTORE_URL: "http://127.0.0.1", DATABASE_URL: "mysql://127.0.0.1" });
    expect(await launched.ended()).toBe(1);
    for (const name of ["PORT", "EVENTSTORE_URL", "DATABASE_URL"]) expect(launched.output()).toContain(`${name} is not valid: it must be`);
    expect(existsSync(folder)).toBe(false);
  });
});

const commandOf = (pid: number): string =>
  process.platform === "linux" ? readFileSync(`/proc/${pid}/cmdline`, "utf8") : "apps/api/main.js";
