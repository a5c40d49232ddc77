import { setTimeout as pause } from "node:timers/promises";
import { consent, eventually, woman } from "../journeys/journey.js";
import { System } from "../support/system.js";

const system = new System();
beforeAll(() => system.start(), 120_000);
afterAll(() => system.stop(), 60_000);

const cases = 60;
/** Which projector is killed, one after the other. */
const kills = [1, 2, 1, 2];

test("whichever of two projectors is killed while much falls due: each consent expires once, at its own time", async () => {
  await system.startProjector(2);
  const opened = await Promise.all(
    Array.from({ length: cases }, async () => (await system.post("amina", "/v1/cases/open-case", woman)).body.id as string),
  );
  const expiresAt = new Date(Date.now() + 4_000).toISOString();
  const given = await Promise.all(opened.map((id) => system.post("amina", `/v1/cases/${id}/give-consent`, { ...consent, expiresAt })));
  expect(new Set(given.map(({ status }) => status))).toEqual(new Set([200]));
  const expired = async () => {
    const items = await Promise.all(
      opened.map(async (id) => (await system.get("rehema", `/v1/cases/${id}/history`)).body.items as { type: string; at: string }[]),
    );
    return items.map((each) => each.filter(({ type }) => type === "ConsentExpired").map(({ at }) => at));
  };
  for (const number of kills) {
    await system.killProjector(number);
    await system.startProjector(number);
    await pause(1_500);
  }
  await eventually(expired, (all) => all.every(({ length }) => length > 0), 60);
  // Whoever asks again asks within one look.
  await pause(6_000);
  expect(await expired()).toEqual(opened.map(() => [expiresAt]));
  const { body } = await system.get("tatu", "/v1/projections");
  const [told] = body.due.filter(({ due }: { due: string }) => due === "consent-expiry");
  expect(told).toMatchObject({ waiting: 0, refusals: 0 });
  // Whoever is killed after it has asked, and before it has noted that, has asked all the same: the date is settled, and nobody asks again.
  expect(told.asked).toBeGreaterThanOrEqual(cases - kills.length);
  expect(told.asked).toBeLessThanOrEqual(cases);
}, 180_000);
