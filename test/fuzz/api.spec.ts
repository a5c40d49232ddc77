import { eventually } from "../journeys/journey.js";
import { System } from "../support/system.js";
import { fuzz, slowAnswers } from "./api/fuzz.js";

const system = new System();
beforeAll(() => system.start(), 120_000);
afterAll(() => system.stop(), 60_000);

const requests = 4_000;
const seed = 12;

test("whatever is sent by REST and GraphQL, the api has no fault of its own, is not slow, and no view stands still", async () => {
  const { statuses, faults, exchanges } = await fuzz(system, { requests, seed });
  expect(faults).toEqual([]);
  // Other tests work beside it.
  expect(await slowAnswers(system, { exchanges }, 5)).toEqual([]);
  // Both protocols were really passed: some was done, some was refused by rules, some for its own faults, some for want of a right.
  for (const status of [200, 201, 400, 404, 409]) expect(statuses[status]).toBeGreaterThan(requests / 2_000);
  const { body } = await eventually(
    () => system.get("tatu", "/v1/projections"),
    (answer) => answer.body.views.every(({ factsBehind }: { factsBehind: number }) => factsBehind === 0),
    60,
  );
  for (const view of body.views) expect(view).toMatchObject({ halted: null, parkedStreams: 0, staleRows: 0 });
  expect((await system.get("tatu", "/v1/projections/dead-letters")).body).toEqual([]);
}, 300_000);
