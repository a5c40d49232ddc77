import { randomUUID } from "node:crypto";
import fc from "fast-check";
import { aggregate, slice, type Actor, type Rule } from "#kernel/kernel.js";
import { firstBrokenLink } from "#store/chain.js";
import { Change, type ChangeReceipt } from "#store/change.js";
import { Changes, type Sealer } from "#store/changes.js";
import { EventLog } from "#store/event-log.js";
import { StoreUnavailable } from "#store/failures.js";
import type { Loaded } from "#store/states.js";
import type { StoredFact } from "#store/stored.js";
import { startEventStore, type RunningEventStore } from "../../apps/event-store/event-store.js";
import { createDatabase } from "../support/postgres.js";

/** How many histories of two processes are tried; a long run: INTERLEAVINGS=5000. */
const runs = Number(process.env["INTERLEAVINGS"] ?? 100);

/** A tale in which each word is told once: a command leads to no fact, one or several. */
type Told = { type: "Told"; data: { word: string } };
const tales = aggregate("tale", {
  words: slice<Told>()<readonly string[]>([], { Told: (words, { word }) => [...words, word] }),
});
const tell: Rule<{ words: readonly string[] }, { words: readonly string[] }, Told> = ({ words }, request) =>
  request.words.filter((word) => !words.includes(word)).map((word) => ({ type: "Told", data: { word } }));

const actor: Actor = { id: "amina", role: "shelter-case-manager" };
const sealer: Sealer = { seal: async () => ({}), fingerprint: async (value) => JSON.stringify(value), mark: (text) => text };

type Fate = "passes" | "never arrives" | "answer is lost";

/** The log of one process; what becomes of an append is told by the stream and the command that it is for. */
class TroubledLog extends EventLog {
  readonly fates = new Map<string, Fate>();

  override async append(...given: Parameters<EventLog["append"]>): ReturnType<EventLog["append"]> {
    const [stream, , events] = given;
    const command = `${stream} ${events[0]!.metadata.commandId}`;
    const fate = this.fates.get(command) ?? "passes";
    this.fates.delete(command);
    if (fate === "never arrives") throw new StoreUnavailable("it never arrived");
    const appended = await super.append(...given);
    if (fate === "answer is lost") throw new StoreUnavailable("the answer was lost");
    return appended;
  }
}

let store: RunningEventStore;
let logs: readonly TroubledLog[];
beforeAll(async () => {
  store = await startEventStore({ databaseUrl: await createDatabase(), port: 0 });
  logs = [new TroubledLog(store.url), new TroubledLog(store.url)];
}, 60_000);
afterAll(async () => {
  await Promise.all(logs.map((log) => log.close()));
  await store.stop();
});

const words = fc.subarray(["a", "b", "c", "d", "e", "f"], { minLength: 1, maxLength: 2 });
/** Somebody asks one of two processes for a change of one of two tales, by one of a few keys. */
const asked = fc.record({
  process: fc.nat(1),
  tale: fc.constantFrom<number>(0, 0, 0, 1),
  key: fc.nat(3),
  words,
  expected: fc.option(fc.integer({ min: -1, max: 6 }), { freq: 4 }),
  fate: fc.constantFrom<Fate>("passes", "passes", "passes", "passes", "never arrives", "answer is lost"),
});
type Asked = typeof asked extends fc.Arbitrary<infer T> ? T : never;
/** What is asked for at one moment, perhaps also of the other process by the same key, after a process may have gone back to what it knew once, or to nothing. */
const moment = fc.record({
  forgets: fc.option(fc.record({ process: fc.nat(1), tale: fc.nat(1), back: fc.option(fc.nat(5)) }), { freq: 1 }),
  asked: fc
    .tuple(fc.array(asked, { minLength: 1, maxLength: 3 }), fc.option(words, { freq: 1 }))
    .map(([all, other]) => (other ? [...all, { ...all[0]!, process: 1 - all[0]!.process, words: other }] : all)),
});

interface Answered extends Asked {
  readonly commandId: string;
  readonly requestHash: string;
  readonly receipt?: ChangeReceipt;
  readonly code?: string;
}

class World {
  readonly ids = [randomUUID(), randomUUID()];
  readonly keys = Array.from({ length: 5 }, () => randomUUID());
  readonly processes = logs.map((log) => new Changes(log, sealer));
  readonly #known: Loaded<unknown>[][] = [[], [], [], []];
  readonly answers: Answered[] = [];

  async live({
    forgets,
    asked: together,
  }: {
    forgets: { process: number; tale: number; back: number | null } | null;
    asked: readonly Asked[];
  }) {
    if (forgets) this.#forget(forgets);
    this.answers.push(...(await Promise.all(together.map((each) => this.#ask(each)))));
    for (const [index, changes] of this.processes.entries())
      for (const [tale, id] of this.ids.entries()) {
        const known = changes.states.known(tales, id);
        if (known) this.#known[index * 2 + tale]!.push(known);
      }
  }

  #forget({ process, tale, back }: { process: number; tale: number; back: number | null }): void {
    const { states } = this.processes[process]!;
    const known = this.#known[process * 2 + tale]!;
    const stream = `tale-${this.ids[tale]}`;
    if (back === null || known.length === 0) states.forget(stream);
    else states.keep(stream, known[back % known.length]!);
  }

  change({ tale, words, expected }: Pick<Asked, "tale" | "words" | "expected">, commandId: string): Change {
    const expectedRevision = expected === null ? undefined : BigInt(expected);
    return new Change(tales, this.ids[tale]!, tell, { words }, actor, { commandId, expectedRevision });
  }

  async #ask(each: Asked): Promise<Answered> {
    const commandId = this.keys[each.key]!;
    logs[each.process]!.fates.set(`tale-${this.ids[each.tale]} ${commandId}`, each.fate);
    const { of, id, rule, request } = this.change(each, commandId);
    const requestHash = await sealer.fingerprint({ of: of.name, id, rule: rule.name, request, actor: actor.id });
    try {
      return { ...each, commandId, requestHash, receipt: await this.processes[each.process]!.apply(this.change(each, commandId)) };
    } catch (error) {
      const { code } = error as { code?: string };
      if (!code) throw error;
      return { ...each, commandId, requestHash, code };
    }
  }

  async read(tale: number): Promise<StoredFact[]> {
    const facts: StoredFact[] = [];
    for await (const fact of logs[0]!.readStream(`tale-${this.ids[tale]}`)) facts.push(fact);
    return facts;
  }
}

/** One key in one tale: done at most once, and every answer is about what was done. */
function checkKey(facts: readonly StoredFact[], answers: readonly Answered[]): void {
  const done = facts.filter(({ metadata }) => metadata.commandId === answers[0]!.commandId);
  expect(new Set(done.map(({ metadata }) => metadata.requestHash)).size).toBeLessThanOrEqual(1);
  expect(done.every(({ revision }, index) => revision === done[0]!.revision + BigInt(index))).toBe(true);
  const stored = done[0]?.metadata.requestHash;
  for (const { receipt, code, requestHash, expected, words } of answers) {
    if (code === "KeyReused") expect(stored).not.toBe(requestHash);
    else if (code === "StaleRevision") expect(expected).not.toBeNull();
    else expect([undefined, "StoreUnavailable"]).toContain(code);
    if (!receipt) continue;
    // Whatever was answered as done is in the tale: by this command, or because it was so already.
    const told = facts.filter(({ revision }) => revision <= receipt.revision).map(({ data }) => (data as Told["data"]).word);
    expect(told).toEqual(expect.arrayContaining([...words]));
    if (stored === requestHash && done.some(({ revision }) => revision === receipt.revision))
      expect(receipt.position).toEqual(done.at(-1)!.position);
  }
}

test(
  `after ${runs} histories of two processes, keys repeated, bodies changed, answers lost and known states stale, every tale is whole`,
  async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(moment, { minLength: 1, maxLength: 6 }), async (moments) => {
        const world = new World();
        for (const each of moments) await world.live(each);
        for (const log of logs) log.fates.clear();
        for (const [tale] of world.ids.entries()) {
          for (const [process, changes] of world.processes.entries())
            await changes.apply(world.change({ tale, words: [`last word of ${process}`], expected: null }, randomUUID()));
          const facts = await world.read(tale);
          expect(firstBrokenLink(facts)).toBeNull();
          const words = facts.map(({ data }) => (data as Told["data"]).word);
          expect(words).toHaveLength(new Set(words).size);
          expect(words.filter((word) => word.startsWith("last"))).toHaveLength(2);
          for (const answers of Map.groupBy(
            world.answers.filter((each) => each.tale === tale),
            ({ commandId }) => commandId,
          ).values())
            checkKey(facts, answers);
        }
      }),
      { numRuns: runs },
    );
  },
  120_000 + runs * 500,
);
