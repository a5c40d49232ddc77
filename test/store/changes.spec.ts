import { randomUUID } from "node:crypto";
import { join } from "node:path";
import { access, recordDisclosure, type RecordDisclosure } from "#access/disclosure.js";
import type { Actor } from "#kernel/kernel.js";
import { createKeyFile, keyFromFile } from "#seal/key-encryption-key.js";
import { openSeal, type Seal } from "#seal/seal.js";
import { firstBrokenLink } from "#store/chain.js";
import { Change } from "#store/change.js";
import { Changes } from "#store/changes.js";
import { EventLog } from "#store/event-log.js";
import { StoreUnavailable } from "#store/failures.js";
import { streamOf, type StoredFact } from "#store/stored.js";
import { startEventStore, type RunningEventStore } from "../../apps/event-store/event-store.js";
import { createDatabase } from "../support/postgres.js";
import { temporaryFolder } from "../support/temporary-folder.js";

let store: RunningEventStore;
let seal: Seal;
const logs: EventLog[] = [];
beforeAll(async () => {
  const file = join(temporaryFolder(), "key");
  await createKeyFile(file);
  store = await startEventStore({ databaseUrl: await createDatabase(), port: 0 });
  seal = await openSeal({ keyringUrl: await createDatabase(), key: await keyFromFile(file) });
}, 60_000);
afterAll(async () => {
  await Promise.all(logs.map((log) => log.close()));
  await seal.close();
  await store.stop();
});

/** The write path of one more process. */
const process = () => {
  const log = new EventLog(store.url);
  logs.push(log);
  return new Changes(log, seal);
};
const actor: Actor = { id: "amina", role: "shelter-case-manager" };
const seen: RecordDisclosure = { subjects: ["s-1"], classes: ["identity"], purpose: "CaseManagement", route: "case" };
const disclosed = (id: string, over: { commandId?: string; expectedRevision?: bigint; request?: RecordDisclosure } = {}) => {
  const { request = seen, commandId = randomUUID(), ...options } = over;
  return new Change(access, id, recordDisclosure, request, actor, { commandId, ...options });
};
const factsOf = async (id: string): Promise<StoredFact[]> => {
  const facts: StoredFact[] = [];
  for await (const fact of logs[0]!.readStream(streamOf("access", id))) facts.push(fact);
  return facts;
};

test("three processes that write to one record at once all get through, and the chain holds", async () => {
  const id = randomUUID();
  const processes = [process(), process(), process()];
  const receipts = await Promise.all(Array.from({ length: 96 }, (_, index) => processes[index % processes.length]!.apply(disclosed(id))));
  const facts = await factsOf(id);
  expect(receipts.map(({ revision }) => Number(revision)).toSorted((one, other) => one - other)).toEqual(facts.map((_, index) => index));
  expect(facts).toHaveLength(96);
  expect(firstBrokenLink(facts)).toBeNull();
});

test("the same command, sent to two processes at once, is done once and answered twice", async () => {
  const [one, other] = [process(), process()];
  const id = randomUUID();
  const commandId = randomUUID();
  const receipts = await Promise.all([one, other, one, other].map((changes) => changes.apply(disclosed(id, { commandId }))));
  expect(new Set(receipts.map(({ revision, position }) => `${revision} ${position!.commit}`)).size).toBe(1);
  expect(await factsOf(id)).toHaveLength(1);
  await expect(other.apply(disclosed(id, { commandId, request: { ...seen, route: "cases" } }))).rejects.toMatchObject({
    code: "KeyReused",
  });
});

test("a revision that is behind is refused, also by a process that knows no newer one", async () => {
  const [one, other] = [process(), process()];
  const id = randomUUID();
  await one.apply(disclosed(id));
  await other.apply(disclosed(id));
  await expect(one.apply(disclosed(id, { expectedRevision: 0n }))).rejects.toMatchObject({ revision: 1n });
  expect((await one.apply(disclosed(id, { expectedRevision: 1n }))).revision).toBe(2n);
});

test("whoever rewrites what was stored breaks the chain where it was rewritten", async () => {
  const id = randomUUID();
  const changes = process();
  for (let count = 0; count < 3; count++) await changes.apply(disclosed(id));
  const facts = await factsOf(id);
  const rewritten = facts.map((fact, index) => (index === 1 ? { ...fact, data: { ...fact.data, by: "nobody" } } : fact));
  expect(firstBrokenLink(rewritten)).toMatchObject({ revision: 1n });
  expect(firstBrokenLink(facts.toSpliced(1, 1))).toMatchObject({ revision: 2n });
  expect(firstBrokenLink([facts[1]!, facts[0]!, facts[2]!])).toMatchObject({ revision: 1n });
});

describe("a change that is sent again", () => {
  /** A stream that a second process knows as far as its first fact, while others go on. */
  const knownByTwo = async () => {
    const [one, behind] = [process(), process()];
    const id = randomUUID();
    await behind.apply(disclosed(id));
    return { one, behind, id, commandId: randomUUID() };
  };
  const isIntact = async (id: string, facts: number) => {
    const stored = await factsOf(id);
    expect(stored).toHaveLength(facts);
    expect(firstBrokenLink(stored)).toBeNull();
  };

  test("to a process that has not heard of the first time is done once, and what that process adds next fits the chain", async () => {
    const { one, behind, id, commandId } = await knownByTwo();
    const receipt = await one.apply(disclosed(id, { commandId }));
    expect(await behind.apply(disclosed(id, { commandId }))).toEqual(receipt);
    await behind.apply(disclosed(id));
    await isIntact(id, 3);
  });

  test("with another body is refused by such a process too, and leaves nothing behind in what it knows", async () => {
    const { one, behind, id, commandId } = await knownByTwo();
    await one.apply(disclosed(id, { commandId }));
    const other = disclosed(id, { commandId, request: { ...seen, route: "cases" } });
    await expect(behind.apply(other)).rejects.toMatchObject({ code: "KeyReused" });
    await behind.apply(disclosed(id));
    await isIntact(id, 3);
  });

  test("because the answer to the first time was lost finds what was stored then", async () => {
    const { one, id, commandId } = await knownByTwo();
    await one.apply(disclosed(id));
    const append = one.log.append.bind(one.log);
    one.log.append = async (...given) => {
      one.log.append = append;
      await append(...given);
      throw new StoreUnavailable("the answer was lost");
    };
    await expect(one.apply(disclosed(id, { commandId }))).rejects.toMatchObject({ code: "StoreUnavailable" });
    expect((await one.apply(disclosed(id, { commandId }))).revision).toBe(2n);
    await one.apply(disclosed(id));
    await isIntact(id, 4);
  });
});

describe("what a policy asks for", () => {
  const asked = (id: string, commandId: string, rule: typeof recordDisclosure = recordDisclosure) =>
    new Change(access, id, rule, seen, { id: "an invented policy", role: "policy" }, { commandId, source: "policy" });

  test("is done although a client has used the same key before", async () => {
    const changes = process();
    const [id, commandId] = [randomUUID(), randomUUID()];
    await changes.apply(disclosed(id, { commandId }));
    const receipt = await changes.apply(asked(id, commandId));
    expect(receipt.revision).toBe(1n);
    expect(await process().apply(asked(id, commandId))).toEqual(receipt);
  });

  test("is done once, also when its rule was renamed before it is asked for again", async () => {
    const changes = process();
    const [id, commandId] = [randomUUID(), randomUUID()];
    const receipt = await changes.apply(asked(id, commandId));
    const renamed: typeof recordDisclosure = (...given) => recordDisclosure(...given);
    expect(await changes.apply(asked(id, commandId, renamed))).toEqual(receipt);
  });
});
