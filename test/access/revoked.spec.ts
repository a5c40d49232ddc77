import { demoPeople } from "#platform/sign-in/sign-in.js";
import { EventReader } from "../support/live.js";
import { System } from "../support/system.js";
import { assign, caseWithConsent, eventually, shelterWith } from "../journeys/journey.js";

// A right ends with the fact that takes it away: whether projections have come that far or not, and whichever process is asked.

const system = new System();
let shelter: string;
let another: string;
beforeAll(async () => {
  await system.start();
  another = await system.startAnotherApi();
  shelter = await shelterWith(system, [{ bed: "W1", category: "Women", availability: "YearRound" }]);
}, 120_000);
afterAll(() => system.stop(), 60_000);

const idOf = (username: string): string => demoPeople.find((each) => each.username === username)!.id;
const statuses = (who: string, id: string) =>
  Promise.all([`/v1/cases/${id}`, `/v1/cases/${id}/state`].map(async (path) => (await system.get(who, path)).status));
const listed = async (who: string, id: string): Promise<boolean[]> =>
  Promise.all(
    ["cases", "consents", "team-members"].map(async (list) => {
      const { body } = await system.get(who, `/v1/${list}?first=200`);
      return (body.items as { id: string; caseId?: string }[]).some((each) => [each.id, each.caseId].includes(id));
    }),
  );
const live = async (who: string, id: string): Promise<EventReader> => {
  const headers = { authorization: `Bearer ${await system.token(who)}` };
  return new EventReader(await fetch(`${system.base}/v1/cases/${id}/live`, { headers }));
};

/** Each: how somebody comes to stand to a case, and how that is taken away. */
const ways: readonly (readonly [string, string, (id: string) => Promise<void>, (id: string) => Promise<unknown>])[] = [
  [
    "whoever leaves the team",
    "baraka",
    (id) => assign(system, id, "baraka"),
    (id) => system.post("amina", `/v1/cases/${id}/remove-worker`, { worker: idOf("baraka"), reason: "TaskDone" }),
  ],
  [
    "whoever hands a case over",
    "baraka",
    (id) => assign(system, id, "baraka"),
    (id) => system.post("baraka", `/v1/cases/${id}/hand-over-case`, { to: idOf("chausiku") }),
  ],
  [
    "whoever is walled off",
    "baraka",
    (id) => assign(system, id, "baraka"),
    (id) => system.post("amina", `/v1/cases/${id}/raise-wall`, { barred: idOf("baraka"), kind: "Person", reason: "KnowsThePerson" }),
  ],
  [
    "a supervisor of the organisation who is walled off",
    "imani",
    async () => undefined,
    (id) => system.post("amina", `/v1/cases/${id}/raise-wall`, { barred: idOf("imani"), kind: "Person", reason: "IsAccused" }),
  ],
  [
    "the staff of a house that she has left",
    "esther",
    async (id) => {
      await system.post("amina", `/v1/shelters/${shelter}/admit-resident`, { caseId: id, voluntary: true, houseRulesExplained: true });
    },
    async (id) => {
      const { stays } = (await system.get("amina", `/v1/shelters/${shelter}/state`)).body.state.stays as {
        stays: { stay: string; caseId: string }[];
      };
      const { stay } = stays.find(({ caseId }) => caseId === id)!;
      return system.post("amina", `/v1/shelters/${shelter}/discharge-resident`, { stay, exitType: "Planned" });
    },
  ],
];

describe.each(ways)("%s", (_, who, begin, end) => {
  test("sees nothing more of the case from then on, with the projector away, by whichever process", async () => {
    const id = await caseWithConsent(system);
    await begin(id);
    await eventually(
      () => listed(who, id),
      (found) => found.every(Boolean),
    );
    expect((await statuses(who, id))[0]).toBe(200);
    const headers = { authorization: `Bearer ${await system.token(who, another)}` };
    const follows = await live(who, id);
    expect((await follows.next())!.data.row.id).toBe(id);
    await system.killProjector();
    try {
      expect(await end(id)).toMatchObject({ status: 200 });
      expect(await statuses(who, id)).toEqual([404, 404]);
      expect(await listed(who, id)).toEqual([false, false, false]);
      expect((await system.graphql(who, `{ case(id: "${id}") { id } }`)).body.errors[0].extensions.status).toBe(404);
      // The other one has heard of it, too, or says that it cannot know.
      const there = async () => (await (await fetch(`${another}/v1/cases?first=200`, { headers })).json()) as { items?: { id: string }[] };
      await eventually(there, ({ items = [] }) => items.every((each) => each.id !== id), 2);
      const last = await follows.next();
      expect(last?.data).toMatchObject({ status: 404 });
    } finally {
      await follows.close();
      await system.startProjector();
    }
    // And still nothing when everything is worked up.
    await eventually(
      () => listed(who, id),
      (found) => !found.some(Boolean),
    );
  }, 60_000);
});
