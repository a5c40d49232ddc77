import { answersAreTold } from "./answers.js";
import { listsAreTold } from "./lists.js";
import { rowsAreLetThrough } from "./row-security.js";
import { World } from "./world.js";

// One world for all that is read of it: to let everything happen in two houses takes longer than to ask about it.

const world = new World();
beforeAll(() => world.start(), 120_000);
afterAll(() => world.stop(), 60_000);

describe("what is answered", () => {
  answersAreTold(world);
});
describe("what is listed", () => {
  listsAreTold(world);
});
describe("what Postgres alone lets through", () => {
  rowsAreLetThrough(world);
});
