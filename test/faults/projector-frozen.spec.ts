import "reflect-metadata";
import { caseWithConsent } from "../journeys/journey.js";
import { System } from "../support/system.js";
import { wrongIn } from "./projectors.js";

const system = new System();
beforeAll(() => system.start(), 120_000);
afterAll(() => system.stop(), 60_000);

/** Somebody opens so many cases, whatever partition they belong to, and sees them all in the list. Answers the seconds that took. */
async function secondsUntilSeen(cases: number): Promise<number> {
  const begun = performance.now();
  const opened = await Promise.all(Array.from({ length: cases }, () => caseWithConsent(system)));
  const { body } = await system.post("amina", `/v1/cases/${opened.at(-1)!}/start-screening`, { formVersion: 1 });
  while ((await system.get("amina", "/v1/cases", { "consistent-after": body.position })).status !== 200);
  return (performance.now() - begun) / 1_000;
}

test("what a projector holds that stands still is taken over within 30 seconds, and it does no harm when it goes on", async () => {
  await system.startProjector(2);
  await secondsUntilSeen(12);
  // Long enough for the two to share the work.
  await new Promise((resolve) => setTimeout(resolve, 7_000));
  const underWay = secondsUntilSeen(30);
  await new Promise((resolve) => setTimeout(resolve, 100));
  system.freezeProjector(1);
  await underWay;
  expect(await secondsUntilSeen(12)).toBeLessThan(30);
  system.thawProjector(1);
  await secondsUntilSeen(12);
  expect(await wrongIn(system)).toEqual([]);
}, 180_000);
