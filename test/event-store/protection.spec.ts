import { execFile } from "node:child_process";
import { randomUUID } from "node:crypto";
import { join } from "node:path";
import { promisify } from "node:util";
import { AccessDeniedError, type EventStoreDBClient } from "@eventstore/db-client";
import { Pool } from "pg";
import { unprotected } from "#store/protect.js";
import { startEventStore, type RunningEventStore } from "../../apps/event-store/event-store.js";
import { Users } from "../../apps/event-store/storage/users.js";
import { createDatabase } from "../support/postgres.js";
import { all, clientOf, disposeClients, events, take } from "./node.js";
import { certificate, secureClient } from "./secure.js";

const main = join(import.meta.dirname, "../../dist/apps/event-store/main.js");
const application = { login: "hifadhi", password: "invented" };
let tls: Awaited<ReturnType<typeof certificate>>;
let databaseUrl: string;
let store: RunningEventStore;
let clients: Record<string, EventStoreDBClient>;

const begin = async (options: object): Promise<void> => {
  store = await startEventStore({ databaseUrl, port: 0, host: "localhost", tls, ...options });
  const pool = new Pool({ connectionString: databaseUrl });
  await new Users(pool).set("hifadhi", [], "invented");
  await new Users(pool).set("amina", ["workers"], "invented");
  await new Users(pool).set("auditor", ["readers"], "invented");
  await pool.end();
  const signedIn = { hifadhi: "invented", amina: "invented", auditor: "invented", ops: "changeit", admin: "changeit" };
  clients = Object.fromEntries(
    Object.entries(signedIn).map(([name, password]) => [name, secureClient(store.port, tls.certificateFile, `${name}:${password}`)]),
  );
};
const end = async (): Promise<void> => {
  await Promise.all(Object.values(clients).map((client) => client.dispose()));
  await store.stop();
};

const addressOf = (signedIn: string): string =>
  `esdb://${signedIn}@localhost:${store.port}?tls=true&tlsCAFile=${encodeURIComponent(tls.certificateFile)}`;

/** Who of all succeeds with it, one after another: the client's pending appends are known to all clients of a process. */
const whoMay = async (work: (client: EventStoreDBClient) => Promise<unknown>): Promise<string[]> => {
  const able: string[] = [];
  for (const [name, client] of Object.entries(clients))
    await work(client).then(
      () => able.push(name),
      (error: Error) => expect(error).toBeInstanceOf(AccessDeniedError),
    );
  return able;
};

const streamOfOne = async (): Promise<string> => {
  const stream = `case-${randomUUID()}`;
  await clients["hifadhi"]!.appendToStream(stream, events(1));
  return stream;
};

/** Everything that would change a stream, or what of it can be read. */
const harm: Record<string, (client: EventStoreDBClient, stream: string) => Promise<unknown>> = {
  deletes: (client, stream) => client.deleteStream(stream),
  tombstones: (client, stream) => client.tombstoneStream(stream),
  truncates: (client, stream) => client.setStreamMetadata(stream, { truncateBefore: 1 }),
  "bounds the events of": (client, stream) => client.setStreamMetadata(stream, { maxCount: 1 }),
  "bounds the age of": (client, stream) => client.setStreamMetadata(stream, { maxAge: 1 }),
  "gives rights to": (client, stream) => client.setStreamMetadata(stream, { acl: { writeRoles: ["$all"] } }),
};

describe.each<[string, object, () => Promise<void>]>([
  ["a store that is started for an application", { application }, async () => undefined],
  [
    "a store of its own, once an administrator has protected it",
    {},
    async () => {
      const env = { ...process.env, EVENTSTORE_URL: addressOf("admin:changeit") };
      const protect = () => promisify(execFile)(process.execPath, [main, "protect", "hifadhi"], { env });
      expect((await protect()).stdout).toBe("hifadhi alone writes now; nobody deletes or truncates.\n");
      expect((await protect()).stdout).toBe("It was so already: hifadhi alone writes.\n");
    },
  ],
])("%s", (_, options, protect) => {
  beforeAll(async () => {
    tls = await certificate();
    databaseUrl = await createDatabase();
    await begin(options);
    await protect();
  });
  afterAll(end);

  test("lets its account alone write", async () =>
    expect(await whoMay((client) => client.appendToStream(`case-${randomUUID()}`, events(1)))).toEqual(["hifadhi", "admin"]));

  test("lets its account alone write to a stream that is there, by either way", async () => {
    const stream = await streamOfOne();
    expect(await whoMay((client) => client.appendToStream(stream, events(1)))).toEqual(["hifadhi", "admin"]);
    const credentials = { username: "amina", password: "invented" };
    await expect(clients["admin"]!.appendToStream(stream, events(1), { credentials })).rejects.toThrow(AccessDeniedError);
  });

  test.each(Object.keys(harm))("lets nobody but an administrator do harm: who %s a stream", async (what) => {
    const outcome = async (name: string) => {
      const stream = await streamOfOne();
      const done = await harm[what]!(clients[name]!, stream).then(
        () => "done",
        (error: Error) => error.constructor.name,
      );
      return [done, (await all(clients["hifadhi"]!.readStream(stream)).catch(() => [])).length];
    };
    for (const name of ["hifadhi", "amina", "auditor", "ops"])
      expect([name, ...(await outcome(name))]).toEqual([name, "AccessDeniedError", 1]);
    expect((await outcome("admin"))[0]).toBe("done");
  });

  test("lets its account and readers read, the whole log as well", async () => {
    const stream = await streamOfOne();
    const able = ["hifadhi", "auditor", "admin"];
    expect(await whoMay((client) => all(client.readStream(stream)))).toEqual(able);
    expect(await whoMay((client) => all(client.readAll({ maxCount: 1 })))).toEqual(able);
    expect(await whoMay((client) => take(client.subscribeToAll(), 1))).toEqual(able);
    expect(await whoMay((client) => all(client.readStream("$settings")))).toEqual(["hifadhi", "admin"]);
  });

  test("is told from one that is not protected by its own account", async () => {
    expect(await unprotected(addressOf("hifadhi:invented"))).toBeNull();
    expect(await unprotected(addressOf("amina:invented"))).toContain("lets others than amina write");
  });

  test("is as it was after a restart", async () => {
    const last = async () =>
      (await all(clients["admin"]!.readAll({ direction: "backwards", fromPosition: "end", maxCount: 1 })))[0]!.event!.position!.commit;
    const before = await last();
    await end();
    await begin(options);
    expect(await last()).toBe(before);
    expect(await whoMay((client) => client.appendToStream(`case-${randomUUID()}`, events(1)))).toEqual(["hifadhi", "admin"]);
  });
});

describe("a store that was open", () => {
  afterEach(disposeClients);

  test("keeps its events when it gets users, and is protected from then on", async () => {
    tls = await certificate();
    databaseUrl = await createDatabase();
    const open = await startEventStore({ databaseUrl, port: 0 });
    const client = clientOf(open.url);
    await client.appendToStream("case-1", events(2));
    expect(await unprotected(open.url)).toBeNull();
    await disposeClients();
    await open.stop();
    await begin({ application });
    expect(await all(clients["hifadhi"]!.readStream("case-1"))).toHaveLength(2);
    expect(await whoMay((each) => each.appendToStream("case-1", events(1)))).toEqual(["hifadhi", "admin"]);
    await end();
  });

  test("says so to its account until it is protected", async () => {
    tls = await certificate();
    databaseUrl = await createDatabase();
    await begin({});
    const sentence = await unprotected(addressOf("hifadhi:invented"));
    expect(sentence).toContain("npm run event-store -- protect hifadhi");
    expect(sentence).not.toContain("invented");
    await end();
  });

  test("is not started for an application without a certificate", async () => {
    const run = promisify(execFile)(process.execPath, [main, "--port", "0", "--application", "hifadhi"]);
    await expect(run).rejects.toMatchObject({ code: 1, stderr: expect.stringContaining("--application together with --tls-certificate") });
  });
});
