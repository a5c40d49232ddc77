import { randomUUID } from "node:crypto";
import { join } from "node:path";
import { EventStoreDBClient, jsonEvent } from "@eventstore/db-client";
import { access, recordDisclosure, type RecordDisclosure } from "#access/disclosure.js";
import type { Actor } from "#kernel/kernel.js";
import { createKeyFile, keyFromFile, type KeyEncryptionKey } from "#seal/key-encryption-key.js";
import { openSeal, type Seal } from "#seal/seal.js";
import { firstBrokenLink, linkHash } from "#store/chain.js";
import { Change } from "#store/change.js";
import { Changes } from "#store/changes.js";
import { EventLog } from "#store/event-log.js";
import { streamOf, type StoredFact } from "#store/stored.js";
import { startEventStore, type RunningEventStore } from "../../apps/event-store/event-store.js";
import { createDatabase } from "../support/postgres.js";
import { temporaryFolder } from "../support/temporary-folder.js";

let store: RunningEventStore;
let key: KeyEncryptionKey;
let keyringUrl: string;
let seal: Seal;
let log: EventLog;
let changes: Changes;
/** A stranger who can append to the store, and has neither the keyring nor the key. */
let stranger: EventStoreDBClient;
beforeEach(async () => {
  const file = join(temporaryFolder(), "key");
  await createKeyFile(file);
  [store, key, keyringUrl] = [
    await startEventStore({ databaseUrl: await createDatabase(), port: 0 }),
    await keyFromFile(file),
    await createDatabase(),
  ];
  seal = await openSeal({ keyringUrl, key });
  log = new EventLog(store.url, { marker: seal });
  changes = new Changes(log, seal);
  stranger = EventStoreDBClient.connectionString(store.url);
}, 60_000);
afterEach(async () => {
  await stranger.dispose();
  await log.close();
  await seal.close();
  await store.stop();
});

const actor: Actor = { id: "amina", role: "shelter-case-manager" };
const seen: RecordDisclosure = { subjects: ["s-1"], classes: ["identity"], purpose: "CaseManagement", route: "case" };
const disclosed = (id: string, by = changes, commandId = randomUUID()) =>
  by.apply(new Change(access, id, recordDisclosure, seen, actor, { commandId }));
const factsOf = async (id: string, by = log): Promise<StoredFact[]> => {
  const facts: StoredFact[] = [];
  for await (const fact of by.readStream(streamOf("access", id))) facts.push(fact);
  return facts;
};
const judged = async (id: string) => (await factsOf(id)).map(({ integrity }) => integrity);
const forge = (id: string, data: unknown, metadata?: unknown, type = "PersonalDataDisclosed", eventId: string = randomUUID()) =>
  stranger.appendToStream(
    streamOf("access", id),
    jsonEvent({ id: eventId, type, data, ...(metadata !== undefined && { metadata }) } as never),
  );
/** What somebody would append who knows how facts are chained, and lacks the key alone. */
async function forgeWell(id: string, over: object = {}): Promise<void> {
  const facts = await factsOf(id);
  const { stream, revision, type, data, metadata } = facts.at(-1)!;
  const { hash, mark: _, ...covered } = { ...metadata, prev: metadata.hash, ...over };
  const forged = { ...covered, hash: linkHash({ stream, revision: revision + 1n, type, body: { data }, metadata: covered }) };
  await forge(id, { data }, forged);
}

test("what the application wrote is told intact, by every process that has the keyring", async () => {
  const id = randomUUID();
  for (let count = 0; count < 3; count++) await disclosed(id);
  expect(await judged(id)).toEqual(["intact", "intact", "intact"]);
  expect(firstBrokenLink(await factsOf(id))).toBeNull();
  const elsewhere = await openSeal({ keyringUrl, key });
  const other = new EventLog(store.url, { marker: elsewhere });
  expect((await factsOf(id, other)).map(({ integrity }) => integrity)).toEqual(["intact", "intact", "intact"]);
  const window = await other.readWindow(null, 10);
  expect(window.facts.map(({ integrity }) => integrity)).toEqual(["intact", "intact", "intact"]);
  await Promise.all([other.close(), elsewhere.close()]);
});

describe("what somebody else appends is told from it", () => {
  const cases: [string, (id: string) => Promise<unknown>][] = [
    ["a fact that fits the chain, and has no mark", (id) => forgeWell(id)],
    [
      "a fact that fits the chain, with the mark of the one before it",
      async (id) => forgeWell(id, { mark: (await factsOf(id))[0]!.metadata.mark }),
    ],
    [
      "another body under the metadata and the id of a genuine fact",
      async (id) => {
        const [first] = await factsOf(id);
        await forge(randomUUID(), {});
        const { data, metadata } = first!;
        await forge(id, { data: { ...data, classes: ["narrative"] } }, metadata, "PersonalDataDisclosed", randomUUID());
      },
    ],
    ["a mark that names a key nobody has", async (id) => forgeWell(id, { mark: `7:${"0".repeat(64)}` })],
    ["a mark that is no text", async (id) => forgeWell(id, { mark: 7 })],
    ["an event of an unknown type, without metadata", (id) => forge(id, {}, undefined, "Anything")],
    ["an event whose data is null", (id) => forge(id, null, { hash: "x" })],
    ["an event with half a surrogate pair", (id) => forge(id, { data: { a: "\ud800" } }, { hash: "x", mark: "1:x" })],
  ];
  test.each(cases)("%s", async (_, forged) => {
    const id = randomUUID();
    await disclosed(id);
    await forged(id);
    expect(await judged(id)).toEqual(["intact", "forged"]);
  });

  test("a genuine fact, copied whole to another stream or told twice, is told forged there", async () => {
    const [id, other] = [randomUUID(), randomUUID()];
    await disclosed(id);
    const { data, metadata, id: eventId } = (await factsOf(id))[0]!;
    await forge(other, { data }, metadata, "PersonalDataDisclosed", eventId);
    await disclosed(id);
    await forge(id, { data }, metadata);
    expect(await judged(other)).toEqual(["forged"]);
    expect(await judged(id)).toEqual(["intact", "intact", "forged"]);
  });

  test("and counts nowhere: the record is neither decided by it nor locked, and its key is free", async () => {
    const [id, commandId] = [randomUUID(), randomUUID()];
    await disclosed(id);
    await forgeWell(id, { commandId });
    await forge(id, null, undefined, "Anything");
    const elsewhere = new Changes(log, seal);
    expect((await disclosed(id, elsewhere, commandId)).revision).toBe(3n);
    expect((await disclosed(id, changes)).revision).toBe(4n);
    expect(await judged(id)).toEqual(["intact", "forged", "forged", "intact", "intact"]);
    const genuine = (await factsOf(id)).filter(({ integrity }) => integrity !== "forged");
    expect(genuine.map(({ metadata }) => metadata.prev)).toEqual(["", ...genuine.slice(0, -1).map(({ metadata }) => metadata.hash)]);
    expect(elsewhere.states.known(access, id)!.done.has(commandId)).toBe(true);
  });
});

describe("facts from before there were marks", () => {
  /** As an older program wrote them. */
  const olden = async (id: string): Promise<void> => {
    const unkeyed = new EventLog(store.url);
    await disclosed(id, new Changes(unkeyed, { ...seal, mark: () => undefined as never }));
    await unkeyed.close();
  };

  test("are told unmarked, or broken where their hash is wrong; what comes without a mark afterwards is forged", async () => {
    const [id, later, wrong] = [randomUUID(), randomUUID(), randomUUID()];
    await olden(id);
    const unkeyed = new EventLog(store.url);
    const [first] = await factsOf(id, unkeyed);
    await unkeyed.close();
    await forge(wrong, { data: first!.data }, first!.metadata);
    expect(await judged(id)).toEqual(["unmarked"]);
    await disclosed(id);
    await olden(later);
    expect(await judged(id)).toEqual(["unmarked", "intact"]);
    expect(await judged(wrong)).toEqual(["broken"]);
    expect(await judged(later)).toEqual(["forged"]);
    expect(firstBrokenLink(await factsOf(id))).toBeNull();
  });

  test("where they end is decided once, by whoever is first, and cannot be moved", async () => {
    const others = await Promise.all([openSeal({ keyringUrl, key }), openSeal({ keyringUrl, key })]);
    const ends = await Promise.all(others.map((each, index) => each.markedAfter(() => Promise.resolve(BigInt(index + 5)))));
    expect(new Set(ends).size).toBe(1);
    expect(await seal.markedAfter(() => Promise.reject(new Error("not asked again")))).toBe(ends[0]);
    await Promise.all(others.map((each) => each.close()));
  });

  test("there are none in a store that is empty when the application first looks at it", async () => {
    expect(await seal.markedAfter(() => Promise.resolve(-1n))).toBe(-1n);
    const id = randomUUID();
    await olden(id);
    expect(await judged(id)).toEqual(["forged"]);
  });
});
