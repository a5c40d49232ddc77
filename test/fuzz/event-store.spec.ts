import { createDatabase } from "../support/postgres.js";
import { fuzzEventStore } from "./event-store.js";

test("nothing is stored that was not wholly sent, whatever comes and however it ends", async () => {
  expect(await fuzzEventStore(await createDatabase(), 400, 20_261_126)).toEqual([]);
}, 120_000);
