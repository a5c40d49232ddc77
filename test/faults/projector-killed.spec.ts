import "reflect-metadata";
import { Client } from "pg";
import { caseWithConsent, eventually } from "../journeys/journey.js";
import { System } from "../support/system.js";
import { killProjectors } from "./projectors.js";

const system = new System();
beforeAll(() => system.start(), 120_000);
afterAll(() => system.stop(), 60_000);

test("when one of two projectors is killed in the middle of its work, again and again, views end equal to the fold of the log", async () => {
  expect(await killProjectors(system, 4)).toEqual([]);
}, 180_000);

test("a projector that begins takes what waits because an older program could not read it", async () => {
  const caseId = await caseWithConsent(system);
  const { body } = await system.post("amina", `/v1/cases/${caseId}/start-screening`, { formVersion: 1 });
  await system.get("amina", "/v1/cases", { "consistent-after": body.position });
  await Promise.all([system.killProjector(1), system.killProjector(2)]);
  const client = new Client({ connectionString: system.environment["DATABASE_URL"]! });
  await client.connect();
  const letters = async () => (await client.query("select view from projection_dead_letter")).rows;
  await client.query(
    `insert into projection_dead_letter (view, stream, revision, fact_id, type, commit_position, prepare_position, error)
     select name, $1, $2, gen_random_uuid(), 'ScreeningStarted', $3, $3, 'UnknownFact' from projection_checkpoint
     where partition = 0 and (name like 'case %' or name = 'policy:free-the-bed-she-has-left')`,
    [`case-${caseId}`, body.revision, body.position],
  );
  expect(await letters()).toHaveLength(2);
  await system.startProjector(1);
  await eventually(letters, ({ length }) => length === 0, 30);
  await client.end();
  await system.startProjector(2);
}, 60_000);
