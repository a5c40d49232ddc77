import fc from "fast-check";
import { inAYear, woman } from "../journeys/journey.js";
import { System, type Reply } from "../support/system.js";
import { people, requestOf, step, story, type Told } from "./story.js";
import { toldAnyhow, toldInOrder } from "./telling.js";

const system = new System();
beforeAll(() => system.start(), 120_000);
afterAll(() => system.stop(), 60_000);

const day = 86_400_000;
/** Sixteen days of stories lie before today, and begin at midnight in Tanzania. */
const begin = Math.floor((Date.now() + 3 * 3_600_000) / day) * day - 3 * 3_600_000 - 20 * day;
const timeOf = (steps: number) => new Date(begin + steps * step).toISOString();
const dayOf = (days: number) => new Date(begin + 3 * 3_600_000 + days * day).toISOString().slice(0, 10);
const verbs: Record<Told["what"], string> = {
  capacity: "change-capacity",
  admit: "admit-resident",
  move: "move-resident",
  discharge: "discharge-resident",
  give: "give-consent",
  narrow: "narrow-consent",
  withdraw: "withdraw-consent",
};

/** One house of the demo, its case worker and its manager. */
interface Crew {
  readonly worker: string;
  readonly manager: string;
  readonly key: string;
  readonly code: string;
}
const crews: readonly Crew[] = [
  { worker: "amina", manager: "esther", key: "4c5a1f60-0000-4000-8000-00000000000a", code: "KIG-1" },
  { worker: "baraka", manager: "faraji", key: "4c5a1f60-0000-4000-8000-00000000000b", code: "KAG-1" },
];

/** Tells what happened to a house, and answers what is shown of it. */
async function tellAll({ worker, manager, key, code }: Crew, all: readonly Told[]) {
  const founded = { "occurred-at": timeOf(-1) };
  const house = { code, region: "Kigoma", address: "Invented street 1" };
  const shelter = (await system.post(manager, "/v1/shelters/register-shelter", house, { ...founded, "idempotency-key": key })).body.id;
  const cases: string[] = [];
  for (const _ of people) cases.push((await system.post(worker, "/v1/cases/open-case", woman, founded)).body.id);
  const [stays, consents] = [new Map<string, string>(), new Map<string, string>()];
  let after = {};
  for (const told of all) {
    const caseId = cases["person" in told ? told.person : 0]!;
    const named = "consent" in told ? `${told.person} ${told.consent}` : "";
    const ids = {
      caseId,
      expiresAt: inAYear,
      stay: "stay" in told ? (stays.get(told.stay) ?? "") : "",
      consent: consents.get(named) ?? "",
    };
    const path = "consent" in told ? `/v1/cases/${caseId}` : `/v1/shelters/${shelter}`;
    const as = told.what === "capacity" ? manager : worker;
    const done = await tell(as, `${path}/${verbs[told.what]}`, requestOf(told, ids), timeOf(told.step));
    after = { "consistent-after": done.body.position };
    const newest = async (list: string, known: Map<string, string>) =>
      ((await system.get(worker, `/v1/${list}?caseId=${caseId}&first=200`, after)).body.items as { id: string }[]).find(
        ({ id }) => ![...known.values()].includes(id),
      )!.id;
    if (told.what === "admit") stays.set(told.stay, await newest("stays", stays));
    if (told.what === "give") consents.set(named, await newest("consents", consents));
  }
  const rowsOf = async (list: string, fields: readonly string[]) =>
    (await system.get(worker, `/v1/${list}?first=200${list === "stays" ? `&shelter=${shelter}` : ""}`, after)).body.items
      .filter(({ caseId }: { caseId: string }) => cases.includes(caseId))
      .map((row: Record<string, unknown>) => JSON.stringify([cases.indexOf(row["caseId"] as string), ...fields.map((field) => row[field])]))
      .toSorted();
  return {
    nights: (await system.get(worker, `/v1/shelters/${shelter}/occupancy?from=${dayOf(0)}&to=${dayOf(17)}`, after)).body,
    stays: await rowsOf("stays", ["bed", "admittedAt", "dischargedAt", "moved"]),
    consents: await rowsOf("consents", ["purpose", "recipients", "dataClasses", "status", "givenAt", "withdrawnAt"]),
  };
}

/** What a policy has not passed on yet is refused, and told again. */
async function tell(as: string, path: string, body: object, at: string): Promise<Reply> {
  for (let tried = 0; ; tried++) {
    const answer = await system.post(as, path, body, { "occurred-at": at });
    if (answer.status === 200 && answer.body.position !== null) return answer;
    if (tried === 100) throw new Error(`${path}: ${JSON.stringify(answer.body)}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

test("a story told in order of time and in another order is the same in the views: nights, stays and consents", async () => {
  const found = fc
    .sample(story, { numRuns: 400, seed: 11 })
    .map((all) => toldInOrder(all).kept)
    .map((kept, index) => ({ kept, other: toldAnyhow(kept, [index * 7, index * 3, index + 1])?.told }))
    .filter(({ other }) => other)
    .toSorted((one, other) => other.kept.length - one.kept.length)[0]!;
  expect(found.kept.length).toBeGreaterThan(15);
  expect(found.other).not.toEqual(found.kept);
  const [inOrder, anyhow] = [await tellAll(crews[0]!, found.kept), await tellAll(crews[1]!, found.other!)];
  expect(inOrder.nights.length).toBe(18);
  expect(anyhow).toEqual(inOrder);
}, 120_000);
