import "reflect-metadata";
import { System } from "../support/system.js";
import { killProjectors } from "./projectors.js";

const system = new System();
beforeAll(() => system.start(), 120_000);
afterAll(() => system.stop(), 60_000);

test("when one of two projectors is killed in the middle of its work, again and again, views end equal to the fold of the log", async () => {
  expect(await killProjectors(system, 4)).toEqual([]);
}, 180_000);
