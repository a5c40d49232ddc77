import { execFile } from "node:child_process";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { promisify } from "node:util";
import { AccessDeniedError, EventStoreDBClient, jsonEvent } from "@eventstore/db-client";
import { startPostgres } from "#platform/postgres/embedded-postgres.js";
import { freePort } from "#platform/http/free-port.js";
import { addressesIn, answers, apps, commandOf, launch, type Launched, openCase, partOf, query, ready } from "../support/launched.js";
import { childrenOf, eventually, isRunning } from "../support/processes.js";
import { temporaryFolder } from "../support/temporary-folder.js";

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

  test("keeps its keys and its passwords to itself", () => {
    const own = ["keys/key-encryption.key", "keys/sign-in.key", "postgres/password", "logs/api.log"];
    for (const file of [...own, "event-store/key.pem", "addresses.json"])
      expect([file, (statSync(join(data, file)).mode & 0o077).toString(8)]).toEqual([file, "0"]);
  });

  test("shows its passwords in no argument and in no log", () => {
    const { EVENTSTORE_URL, DATABASE_URL } = addressesIn(data);
    const secrets = [EVENTSTORE_URL, DATABASE_URL].map((url) => new URL(url).password);
    for (const secret of secrets) expect(secret).toMatch(/^[0-9a-f]{48}$/);
    const logs = readdirSync(join(data, "logs")).map((file) => readFileSync(join(data, "logs", file), "utf8"));
    const seen = [
      running.output(),
      ...logs,
      readFileSync(join(data, "postgres/postgres.log"), "utf8"),
      ...childrenOf(running.pid).map(commandOf),
    ];
    for (const text of seen) for (const secret of secrets) expect(text).not.toContain(secret);
  });

  test("lets nobody but its own programs into the event store", async () => {
    const { EVENTSTORE_URL } = addressesIn(data);
    const { port: at, password } = new URL(EVENTSTORE_URL);
    const forged = jsonEvent({ type: "CaseOpened", data: {} });
    const tryOut = async (url: string, work: (client: EventStoreDBClient) => Promise<unknown>): Promise<unknown> => {
      const client = EventStoreDBClient.connectionString(url);
      try {
        return await work(client).catch((error: unknown) => error);
      } finally {
        await client.dispose();
      }
    };
    const append = (client: EventStoreDBClient) => client.appendToStream(`case-${randomUUID()}`, forged);
    expect(await tryOut(`esdb://127.0.0.1:${at}?tls=false`, append)).toBeInstanceOf(Error);
    for (const signedIn of ["", "admin:changeit@", "ops:changeit@", "hifadhi:wrong@"])
      expect(await tryOut(EVENTSTORE_URL.replace(`hifadhi:${password}@`, signedIn), append)).toBeInstanceOf(AccessDeniedError);
    // Not even they delete or truncate.
    const stream = `case-${await openCase(port)}`;
    for (const harm of [
      (client: EventStoreDBClient) => client.deleteStream(stream),
      (client: EventStoreDBClient) => client.tombstoneStream(stream),
      (client: EventStoreDBClient) => client.setStreamMetadata(stream, { truncateBefore: 1 }),
    ])
      expect(await tryOut(EVENTSTORE_URL, harm)).toBeInstanceOf(AccessDeniedError);
  });

  test("lets the read models' role neither into the keyring nor into the event store's tables, and makes it no superuser", async () => {
    const { DATABASE_URL } = addressesIn(data);
    expect(await query(DATABASE_URL, "SELECT rolsuper FROM pg_roles WHERE rolname = current_user")).toEqual([{ rolsuper: false }]);
    for (const database of ["keyring", "event_store", "postgres"])
      await expect(query(DATABASE_URL.replace(/[^/]*$/, database), "SELECT 1")).rejects.toThrow(
        `permission denied for database "${database}"`,
      );
  });

  test("tells the commands beside it where its servers are", async () => {
    const { EVENTSTORE_URL: _, DATABASE_URL: __, ...rest } = process.env;
    const status = await promisify(execFile)(process.execPath, [join(apps, "projector/commands.js"), "status"], {
      env: { ...rest, HIFADHI_DATA: data },
    });
    expect(status.stdout).toMatch(/^view .*\n(.*\n)*case_person /);
  });

  test("says on its console what somebody should look into, once", async () => {
    const client = EventStoreDBClient.connectionString(addressesIn(data).EVENTSTORE_URL);
    await client.appendToStream(`case-${await openCase(port)}`, jsonEvent({ type: "Scribbled", data: {} }));
    await client.dispose();
    const notice =
      "Somebody should look into this: facts that are not as the application wrote them: 1. See: npm run projections -- status";
    await eventually("it is said", () => running.output().includes(notice), 30);
    expect(running.output().split(notice)).toHaveLength(2);
    expect(await answers(Number(port))).toBe(200);
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

  test.each(["api", "projector", "event-store"])(
    "starts the %s again when it was killed, says so, and takes no other down",
    async (name) => {
      const others = ["api", "projector", "event-store"]
        .filter((each) => each !== name)
        .map((each) => partOf(running, `apps/${each}/main.js`));
      const told = running.output().length;
      process.kill(partOf(running, `apps/${name}/main.js`), "SIGKILL");
      await eventually("it is back", () => running.output().includes("is back", told));
      const line = running.output().slice(told).split("\n")[0];
      expect(line).toMatch(new RegExp(`^  ${name} +has ended: SIGKILL, .* - it is started again in [0-9.]+ s$`));
      await eventually("the api is ready", async () => (await answers(Number(port))) === 200);
      await openCase(port);
      expect(others.filter(isRunning)).toEqual(others);
    },
  );

  test("starts Postgres again when it was killed, says so, and the others go on", async () => {
    const told = running.output().length;
    process.kill(Number(readFileSync(join(data, "postgres/cluster/postmaster.pid"), "utf8").split("\n")[0]), "SIGKILL");
    await eventually("it is back", () => /Postgres +is back/.test(running.output().slice(told)), 40);
    expect(running.output().slice(told)).toMatch(/^  Postgres +has ended: see .*postgres.log - it is started again in [0-9.]+ s\n/);
    await eventually("the api is ready", async () => (await answers(Number(port))) === 200, 40);
    await eventually(
      "a case is opened and read",
      () =>
        openCase(port).then(
          () => true,
          () => false,
        ),
      40,
    );
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
    expect(existsSync(join(data, "addresses.json"))).toBe(false);
    expect(running.output()).toMatch(/Stopping \.\.\.\nEverything is stopped\.\n$/);
    expect(started.filter(isRunning)).toEqual([]);
    const log = readFileSync(join(data, "postgres/postgres.log"), "utf8");
    expect(log.trimEnd()).toMatch(/database system is shut down$/);
    const probe = createServer().listen(Number(port), "127.0.0.1");
    await once(probe, "listening");
    probe.close();
  });

  test("starts on what an earlier version left: an event store without users, and databases of a superuser", async () => {
    const server = await startPostgres({ directory: join(data, "postgres") });
    for (const name of ["hifadhi", "keyring", "event_store"]) {
      await query(
        server.urlOf(name),
        `REASSIGN OWNED BY ${name}_owner TO hifadhi; ALTER DATABASE ${name} OWNER TO hifadhi; DROP OWNED BY ${name}_owner`,
      );
      await query(server.urlOf(name), `GRANT CONNECT, TEMPORARY ON DATABASE ${name} TO PUBLIC; DROP ROLE ${name}_owner`);
    }
    await query(server.urlOf("event_store"), "DROP TABLE login");
    await server.stop();
    rmSync(join(data, "event-store"), { recursive: true });
    running = launch({ HIFADHI_DATA: data, PORT: port });
    await ready(running);
    await openCase(port);
    await expect(query(addressesIn(data).DATABASE_URL.replace(/[^/]*$/, "keyring"), "SELECT 1")).rejects.toThrow("permission denied");
    running.process.kill("SIGINT");
    expect(await running.ended()).toBe(0);
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

  test("that a part alone can see ends the start with one sentence, and everything with it", async () => {
    const folder = temporaryFolder();
    const notAKey = join(folder, "not-a-key");
    writeFileSync(notAKey, "too short");
    const launched = launch({ HIFADHI_DATA: join(folder, "data"), PORT: String(await freePort()), KEY_FILE: notAKey });
    await eventually("the first part", () => childrenOf(launched.pid).length > 0);
    const started = new Set<number>();
    while (launched.process.exitCode === null && launched.process.signalCode === null) {
      for (const pid of isRunning(launched.pid) ? childrenOf(launched.pid) : []) started.add(pid);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    expect(await launched.ended()).toBe(1);
    expect(launched.output().trimEnd().split("\n").at(-1)).toMatch(/^(api|projector) cannot start: exit code 1, .*[Kk]ey/);
    await eventually("nothing is left", () => ![...started].some(isRunning));
  });
});
