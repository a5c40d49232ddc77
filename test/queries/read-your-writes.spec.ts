import { assign, caseWithConsent, consent } from "../journeys/journey.js";
import { System } from "../support/system.js";

const system = new System();
const waiting = 3;
beforeAll(() => system.start({ CONSISTENT_WITHIN_SECONDS: "1", CONSISTENT_WAITING: String(waiting) }), 120_000);
afterAll(() => system.stop(), 60_000);

/** A case to which musa was assigned: he sees nothing of it that has to be opened. */
const aCase = async (): Promise<string> => {
  const id = await caseWithConsent(system);
  await assign(system, id, "musa");
  return id;
};
/** Changes the case; answers the revision and the position of the change. */
const change = async (id: string): Promise<{ revision: string; position: string }> =>
  (await system.post("amina", `/v1/cases/${id}/refuse-consent`, { purpose: "PhotoMedia", refusedBy: consent.givenBy })).body;
const read = (id: string, position: string) => system.get("musa", `/v1/cases/${id}`, { "consistent-after": position });
const readByGraphql = (id: string, position: string) =>
  system.graphql("musa", `{ case(id: "${id}", consistentAfter: "${position}") { revision } }`);

test("whoever has changed a case and asks for it with the position of the change sees the change, by REST and by GraphQL", async () => {
  const id = await aCase();
  for (let round = 0; round < 50; round++) {
    const { revision, position } = await change(id);
    const [rest, graphql] = await Promise.all([read(id, position), readByGraphql(id, position)]);
    expect([rest.body.revision, graphql.body.data.case.revision]).toEqual([Number(revision), Number(revision)]);
  }
});

test("while no projector works, nobody is told less than she asked for: she is told when to come back, and whoever asks for less is answered", async () => {
  const id = await aCase();
  await read(id, (await change(id)).position);
  await system.killProjector();
  const { revision, position } = await change(id);
  const begun = performance.now();
  const late = await read(id, position);
  expect(performance.now() - begun).toBeGreaterThan(900);
  expect([late.status, late.body.code, Number(late.headers.get("retry-after")) > 0]).toEqual([503, "NotYetConsistent", true]);
  const byGraphql = await readByGraphql(id, position);
  expect(byGraphql.body.errors[0].extensions).toMatchObject({ status: 503, code: "NotYetConsistent" });
  const before = await system.get("musa", `/v1/cases/${id}`);
  expect([before.status, before.body.revision < Number(revision)]).toEqual([200, true]);

  const asked = await Promise.all(Array.from({ length: waiting + 1 }, () => timed(() => read(id, position))));
  const all = asked.toSorted((one, other) => one.milliseconds - other.milliseconds);
  expect(all.map(({ status }) => status)).toEqual(all.map(() => 503));
  // One more than may wait was not kept waiting.
  expect(all[0]!.milliseconds).toBeLessThan(500);
  expect(all[1]!.milliseconds).toBeGreaterThan(900);

  await system.startProjector();
  const answered = await untilAnswered(() => read(id, position));
  expect(answered.body.revision).toBe(Number(revision));
});

test.each(["-1", "soon", "1.5"])("a position that is none, %s, is told as such", async (position) => {
  const id = await aCase();
  expect((await read(id, position)).body).toMatchObject({ status: 400, errors: [{ field: "Consistent-After" }] });
});

async function timed(work: () => Promise<{ status: number }>): Promise<{ status: number; milliseconds: number }> {
  const begun = performance.now();
  const { status } = await work();
  return { status, milliseconds: performance.now() - begun };
}

async function untilAnswered<Answer extends { status: number }>(ask: () => Promise<Answer>): Promise<Answer> {
  for (const end = Date.now() + 40_000; ;) {
    const answer = await ask();
    if (answer.status === 200 || Date.now() > end) return answer;
  }
}
