import { fork } from "node:child_process";
import { once } from "node:events";
import { connect as connectHttp2, constants } from "node:http2";
import { connect } from "node:net";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { credentials, Metadata } from "@grpc/grpc-js";
import { Pool } from "pg";
import { startEventStore, type RunningEventStore } from "../../apps/event-store/event-store.js";
import type { StoreLimits } from "../../apps/event-store/limits.js";
import { Users } from "../../apps/event-store/storage/users.js";
import { createDatabase } from "../support/postgres.js";
import { eventually } from "../support/processes.js";
import { appendEvent, appendOptions, batchPart, framed, rawClient, signedInAs, streams, shared } from "./raw.js";
import { certificate } from "./secure.js";

let store: RunningEventStore;
let tls: Awaited<ReturnType<typeof certificate>>;
let users: Users;
let pool: Pool;
let raws: ReturnType<typeof rawClient>[] = [];
beforeAll(async () => {
  tls = await certificate();
});
const start = async (limits: Partial<StoreLimits> = {}): Promise<void> => {
  const databaseUrl = await createDatabase();
  store = await startEventStore({ databaseUrl, port: 0, host: "localhost", tls, limits });
  pool = new Pool({ connectionString: databaseUrl });
  users = new Users(pool);
};
afterEach(async () => {
  for (const raw of raws) raw.close();
  raws = [];
  await store.stop();
  await pool.end();
});

const raw = () => {
  const client = rawClient(`localhost:${store.port}`, credentials.createSsl(tls.certificate));
  raws.push(client);
  return client;
};
const admin = () => signedInAs("admin", "changeit");
/** The status of an append of these events by a call of its own. */
const append = (client: ReturnType<typeof rawClient>, metadata = new Metadata(), sent = [appendEvent()]) =>
  new Promise<number>((resolve) => {
    const call = client.append(metadata, (error: { code: number } | null) => resolve(error?.code ?? 0));
    call.on("error", () => undefined);
    for (const message of [appendOptions("case-1"), ...sent]) call.write(message);
    call.end();
  });
/** What asks to follow the whole log from its start. */
const following = () => {
  const all = new streams.ReadReq.Options.AllOptions().setStart(new shared.Empty());
  const options = new streams.ReadReq.Options().setAll(all).setNoFilter(new shared.Empty());
  return new streams.ReadReq().setOptions(options.setSubscription(new streams.ReadReq.Options.SubscriptionOptions()));
};
const follow = (client: ReturnType<typeof rawClient>, metadata: Metadata) => {
  const call = client.read(following(), metadata);
  return new Promise<number>((resolve) => {
    call.on("error", (error: { code: number }) => resolve(error.code)).once("data", () => resolve(0));
  });
};

describe("who signs in", () => {
  test("is let in with fifty first calls at once, each over a connection of its own", async () => {
    await start();
    const codes = await Promise.all(Array.from({ length: 50 }, () => append(raw(), admin())));
    expect(codes).toEqual(codes.map(() => 0));
  });
  test("goes on while somebody at the same address guesses, who soon is not looked at any more", async () => {
    await start({ wrongPasswords: 5 });
    const [known, guessing] = [raw(), raw()];
    expect(await append(known, admin())).toBe(0);
    const guesses = await Promise.all(Array.from({ length: 60 }, (_, index) => append(guessing, signedInAs("admin", `guess ${index}`))));
    expect(new Set(guesses)).toEqual(new Set([16, 8]));
    expect(guesses.filter((code) => code === 16).length).toBeLessThanOrEqual(7);
    expect(await append(known, admin())).toBe(0);
  });
  test("is known no more as soon as her password changes, or she is removed", async () => {
    await start();
    await users.set("amina", [], "first");
    const client = raw();
    expect(await append(client, signedInAs("amina", "first"))).toBe(0);
    await users.set("amina", [], "second");
    await pause(100);
    expect(await append(client, signedInAs("amina", "first"))).toBe(16);
    expect(await append(client, signedInAs("amina", "second"))).toBe(0);
    await users.remove("amina");
    await pause(100);
    expect(await append(client, signedInAs("amina", "second"))).toBe(16);
  });
});

describe("who has not signed in", () => {
  test("is refused before anything of her request is read", async () => {
    await start();
    const call = raw().append(new Metadata(), () => undefined);
    const refused = once(call, "status");
    call.on("error", () => undefined);
    call.write(appendOptions("case-1"));
    for (let count = 0; count < 8; count++) call.write(appendEvent({ metadata: 8 * 1_024 * 1_024 }));
    const [{ code }] = (await refused) as [{ code: number }];
    expect([code, store.pendingBytes()]).toEqual([7, 0]);
  });
  test("is told in its own way by a batch append, as long as that is small", async () => {
    await start();
    const call = raw().batchAppend();
    const ended = new Promise((resolve) => call.on("error", ({ code }: { code: number }) => resolve(code)));
    const [answer] = await Promise.all([once(call, "data"), call.write(batchPart({ stream: "case-1" }))]);
    expect(answer[0].getError().getCode()).toBe(7);
    call.write(batchPart({ stream: "case-1", metadata: 1_024 * 1_024, final: false }));
    expect(await ended).toBe(7);
  });
  test("has so many connections, and one that she does not use is closed", async () => {
    await start({ connectionsPerAddress: 5, requestSeconds: 1 });
    const sockets = Array.from({ length: 10 }, () => connect(store.port, "localhost"));
    for (const socket of sockets) socket.on("error", () => undefined).resume();
    await eventually("five have been closed", () => sockets.filter(({ closed }) => closed).length === 5);
    expect(store.connections()).toBe(5);
    await eventually("all have been closed", () => sockets.every(({ closed }) => closed));
    expect(await append(raw(), admin())).toBe(0);
  });
});

describe("one client", () => {
  test("has an append refused whose metadata is too much, and nothing is held of it", async () => {
    await start({ appendBytes: 2 * 1_024 * 1_024 });
    const codes = await Promise.all([append(raw(), admin(), [appendEvent({ metadata: 3 * 1_024 * 1_024 })]), append(raw(), admin())]);
    expect(codes).toEqual([3, 0]);
    await eventually("nothing is held", () => store.pendingBytes() === 0);
  });
  test("has a request ended that never comes wholly, and another user goes on", async () => {
    await start({ requestSeconds: 5, pendingBytesPerUser: 4 * 1_024 * 1_024 });
    await users.set("amina", [], "invented");
    const call = raw().append(signedInAs("amina", "invented"), () => undefined);
    const ended = once(call, "status");
    call.on("error", () => undefined);
    call.write(appendOptions("case-1"));
    call.write(appendEvent({ metadata: 3 * 1_024 * 1_024 }));
    await eventually("it is held", () => store.pendingBytes() > 3 * 1_024 * 1_024);
    const more = [appendEvent({ metadata: 2 * 1_024 * 1_024 })];
    expect(await append(raw(), signedInAs("amina", "invented"), more)).toBe(14);
    expect(await append(raw(), admin(), more)).toBe(0);
    expect(((await ended) as [{ code: number }])[0].code).toBe(4);
    await eventually("nothing is held", () => store.pendingBytes() === 0);
  });
  test("has so many subscriptions over a connection, and a place again when one ends", async () => {
    await start({ subscriptionsPerConnection: 2 });
    const client = raw();
    const codes = [await follow(client, admin()), await follow(client, admin()), await follow(client, admin())];
    expect([codes, await follow(raw(), admin())]).toEqual([[0, 0, 8], 0]);
    client.close();
    await eventually("its places are free", () => store.followers() === 1);
    expect(await follow(raw(), admin())).toBe(0);
  });
});

test("a client that stands still without a word is let go, with all that waits for it", async () => {
  await start({ keepaliveSeconds: 1, keepaliveTimeoutSeconds: 1 });
  const child = join(import.meta.dirname, "../../dist/test/bench/event-store/hostile.child.js");
  const follower = fork(child, [`localhost:${store.port}`, tls.certificateFile, "20"]);
  await once(follower, "message");
  await eventually("it follows", () => store.followers() === 20);
  follower.kill("SIGSTOP");
  await eventually("it is let go", () => store.followers() === 0 && store.connections() === 0);
  follower.kill("SIGKILL");
});

test("a reader that takes nothing, though it is there, is let go", async () => {
  await start({ stuckSeconds: 1 });
  const client = raw();
  for (let count = 0; count < 60; count++) await append(client, admin(), [appendEvent({ data: 500_000 })]);
  const session = connectHttp2(`https://localhost:${store.port}`, { ca: tls.certificate });
  const call = session.request({
    ":method": "POST",
    ":path": "/event_store.client.streams.Streams/Read",
    "content-type": "application/grpc",
    te: "trailers",
    authorization: String(admin().get("authorization")[0]),
  });
  const reset = new Promise((resolve) => call.on("error", () => undefined).once("close", () => resolve(call.rstCode)));
  call.end(framed(following()));
  await eventually("it follows", () => store.followers() === 1);
  await eventually("it is let go", () => store.followers() === 0);
  call.resume();
  expect(await reset).toBe(constants.NGHTTP2_REFUSED_STREAM);
  session.destroy();
});
