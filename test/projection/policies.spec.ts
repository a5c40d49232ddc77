import "reflect-metadata";
import { randomUUID } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import { aggregate, Refusal, slice, type Rule } from "#kernel/kernel.js";
import { listParked, StillPoison } from "#projection/park/dead-letters.js";
import { policy, policyName, type Policy } from "#projection/declare/policy.js";
import { previewPolicy, replayPolicy } from "#projection/park/policy-letters.js";
import { runPolicies } from "#projection/run/policy-runner.js";
import { PostgresPolicyStore } from "#projection/run/policy-store.js";
import { listRefusals, policyStatusOf } from "#projection/watch/status.js";
import { Changes, type Sealer } from "#store/changes.js";
import { KeyReused, TooContended } from "#store/change.js";
import { AppendTooLarge, StoreUnavailable } from "#store/failures.js";
import { stories } from "../simulation/world.js";
import { metadata } from "../support/metadata.js";
import { eventually } from "../support/processes.js";
import { idOf, Stories, storyStream } from "../support/stories.js";

const here = new Stories(1);
const { tell } = here;

/** Whatever is told in a story is heard of elsewhere, by a change of its own. */
type Heard = { type: "Heard"; data: { word: string } };
const heard = slice<Heard>()<readonly string[]>([], { Heard: (words, { word }) => [...words, word] });
const echoes = aggregate("echo", { heard });
const hear: Rule<unknown, { word: string }, Heard> = (_, { word }) => {
  if (word === "no") throw new Refusal("NotHeard");
  return [{ type: "Heard", data: { word } }];
};
const hearing = (name: string, rule: Rule<any, any, any> = hear, request = (word: string): object => ({ word })): Policy<any> =>
  policy(stories)(name, {
    Told: ({ streamId, data: { word } }) => {
      if (word === "?") throw new TypeError("what?");
      return { of: echoes, id: streamId, rule, request: request(word) };
    },
  }) as Policy<any>;
const unsealed: Sealer = { seal: async () => ({}), fingerprint: async (value) => JSON.stringify(value), mark: (text) => text };

/** `errors`: what comes instead of an answer, by the word that is asked for, as often as there are some. */
function start(policies: readonly Policy<any>[], errors: Record<string, Error[]> = {}) {
  const stop = new AbortController();
  const real = new Changes(here.log, unsealed);
  const changes: Pick<Changes, "apply"> = {
    apply: async (change) => {
      const error = errors[(change.request as { word: string }).word]?.shift();
      if (error) throw error;
      return real.apply(change);
    },
  };
  const store = new PostgresPolicyStore(here.pool);
  const observer = { applied: () => undefined, interrupted: () => undefined };
  const running = runPolicies({ log: here.log, changes, store, policies, observer }, stop.signal);
  running.catch(() => undefined);
  return { changes: real, store, stop: () => (stop.abort(), running) };
}
const prepared = async (...policies: Policy<any>[]) => {
  await here.prepare([], 1, policies);
  return policies;
};
const echoOf = async (stream: string): Promise<string[]> => {
  const words: string[] = [];
  for await (const { data } of here.log.readStream(`echo-${idOf(stream)}`)) words.push((data as Heard["data"]).word);
  return words;
};
const parkedOf = async (of: Policy<any>, stream: string) =>
  (await listParked(here.pool)).find((each) => each.view === policyName(of) && each.stream === stream);

test.each([
  ["its handler throws", "?", {}, "TypeError"],
  ["its key is reused", "x", { x: [new KeyReused("x")] }, "KeyReused"],
  ["it asks for too much", "x", { x: [new AppendTooLarge("x")] }, "AppendTooLarge"],
  ["the subject is erased", "x", { x: [Object.assign(new Error("x"), { code: "SubjectErased" })] }, "SubjectErased"],
])("what a policy cannot do because %s is parked with what follows in its stream, and all else goes on", async (_, word, errors, error) => {
  const policies = await prepared(hearing("hears"));
  const [one, other] = [storyStream(), storyStream()];
  await tell(one, "a", word, "b");
  await tell(other, "c");
  const { stop, store, changes } = start(policies, errors);
  await eventually("all else goes on", async () => (await echoOf(other)).join("") === "c");
  expect(await echoOf(one)).toEqual(["a"]);
  expect(await parkedOf(policies[0]!, one)).toMatchObject({ facts: 2, firstRevision: "1", error });
  expect((await policyStatusOf(here.log, here.pool, policies))[0]).toMatchObject({ parkedStreams: 1, refusals: 0, halted: null });
  await tell(one, "d");
  await eventually("it waits behind", async () => (await parkedOf(policies[0]!, one))?.facts === 3);
  await stop();
  const [first, second] = await previewPolicy(here.log, here.pool, policies[0]!, one);
  expect(second).toEqual({ revision: "2", type: "Told", aggregate: "echo", id: idOf(one), rule: "hear", error: null });
  if (word === "?") {
    expect(first).toMatchObject({ error: "TypeError", rule: null });
    await expect(replayPolicy(here.log, changes, store, policies, policies[0]!, one)).rejects.toThrow(StillPoison);
  } else {
    expect(await replayPolicy(here.log, changes, store, policies, policies[0]!, one)).toBe(3);
    expect((await echoOf(one)).join("")).toBe("axbd");
    expect(await parkedOf(policies[0]!, one)).toBeUndefined();
  }
});

test("what passes by itself is waited for: nothing is parked", async () => {
  const policies = await prepared(hearing("hears"));
  const one = storyStream();
  await tell(one, "a", "b", "c");
  const away = Object.assign(new Error("away"), { code: "KeyringUnavailable" });
  const { stop } = start(policies, { a: [new StoreUnavailable("away")], b: [away, away], c: [new TooContended("busy")] });
  await eventually("all is heard", async () => (await echoOf(one)).join("") === "abc");
  expect(await listParked(here.pool)).toEqual([]);
  await stop();
});

test("a refusal is an answer: it is recorded, shown and counted, and the stream goes on", async () => {
  const policies = await prepared(hearing("hears"));
  const one = storyStream();
  await tell(one, "a", "no", "b");
  const { stop } = start(policies);
  await eventually("all is heard", async () => (await echoOf(one)).join("") === "ab");
  await eventually("it is recorded", async () => (await listRefusals(here.pool)).length === 1);
  expect((await listRefusals(here.pool))[0]).toMatchObject({ policy: "hears", stream: one, revision: "1", code: "NotHeard" });
  expect((await policyStatusOf(here.log, here.pool, policies))[0]).toMatchObject({ parkedStreams: 0, refusals: 1 });
  await stop();
});

test("a redelivery asks for nothing anew, also where its rule was renamed and its request changed meanwhile", async () => {
  const policies = await prepared(hearing("hears"));
  const one = storyStream();
  await tell(one, "a", "b");
  const before = start(policies);
  await eventually("all is heard", async () => (await echoOf(one)).join("") === "ab");
  await before.stop();
  await here.pool.query("update projection_checkpoint set commit_position = null, prepare_position = null where name = 'policy:hears'");
  const renamed: typeof hear = (state, request, context) => hear(state, request, context);
  const after = start([hearing("hears", renamed, (word) => ({ word, tone: "other" }))]);
  await tell(one, "c");
  await eventually("it goes on", async () => (await echoOf(one)).join("").endsWith("c"));
  expect((await echoOf(one)).join("")).toBe("abc");
  await after.stop();
});

test("policies go on from where an older program left each of them; one that is new begins at the start", async () => {
  const one = storyStream();
  const position = await tell(one, "a");
  await here.pool.query("insert into projection_checkpoint (name, commit_position, prepare_position) values ('policy:old', $1, $1)", [
    position.commit.toString(),
  ]);
  const policies = await prepared(hearing("old"), hearing("new"));
  await tell(one, "b");
  const { stop } = start(policies);
  await eventually("all is heard", async () => (await echoOf(one)).length === 3);
  await pause(300);
  expect(await echoOf(one)).toEqual(["a", "b", "b"]);
  await stop();
});

test("what a stranger wrote parks its stream in policies as well", async () => {
  const policies = await prepared(hearing("hears"));
  const [one, other] = [storyStream(), storyStream()];
  await tell(one, "a");
  await here.log.append(one, 0n, [{ id: randomUUID(), type: "Unheard", body: { data: {} }, metadata }]);
  await tell(other, "x");
  const { stop } = start(policies);
  await eventually("all else goes on", async () => (await echoOf(other)).join("") === "x");
  expect(await parkedOf(policies[0]!, one)).toMatchObject({ error: "UnknownFact", firstRevision: "1" });
  await stop();
});
