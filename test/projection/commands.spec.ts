import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { Client } from "pg";
import { System } from "../support/system.js";
import { caseWithConsent } from "../journeys/journey.js";

const system = new System();
const main = join(process.cwd(), "dist", "apps", "projector", "commands.js");
const node = join(process.cwd(), "node_modules", ".bin", "node");
let caseId: string;
beforeAll(async () => {
  await system.start();
  caseId = await caseWithConsent(system);
  const { body } = await system.post("amina", `/v1/cases/${caseId}/start-screening`, { formVersion: 1 });
  await system.get("amina", "/v1/cases", { "consistent-after": body.position });
}, 120_000);
afterAll(() => system.stop(), 60_000);

const run = async (...given: string[]): Promise<string> =>
  (await promisify(execFile)(node, [main, ...given], { env: { ...process.env, ...system.environment } })).stdout;
const query = async (text: string, values: unknown[]) => {
  const client = new Client({ connectionString: system.environment["DATABASE_URL"]! });
  await client.connect();
  await client.query(text, values);
  await client.end();
};

test("operators see how far every view is, and that nothing is parked", async () => {
  const status = await run("status");
  for (const view of ["case 1", "case_file 1", "consent 1", "shelter 1", "stay 1", "capacity 1"]) expect(status).toContain(view);
  expect(await run("dead-letters", "list")).toBe("Nothing.\n");
  await expect(run("dead-letters", "replay", "nothing", "case-1")).rejects.toThrow("There is no view nothing.");
  await expect(run("dead-letters", "preview", "case", `case-${caseId}`)).rejects.toThrow("is parked in case 1");
});

test("a row that somebody has changed is found by holding it against the log, and the API goes on", async () => {
  expect(JSON.parse(await run("reconcile", "--sample-every", "1"))).toMatchObject({ findings: [] });
  await query("update consent set purpose = 'PhotoMedia' where case_id = $1", [caseId]);
  const failed = await run("reconcile", "--sample-every", "1").catch((error: { code: number; stdout: string }) => error);
  expect(failed).toMatchObject({ code: 1 });
  expect((failed as { stdout: string }).stdout).toContain('"kind": "different"');
});

test("a row that is not told the whole is shown as such, by REST and by GraphQL", async () => {
  await query('update "case" set stale_since = 1 where id = $1', [caseId]);
  const { body } = await system.get("amina", "/v1/cases?first=1");
  expect(body.items[0]).toMatchObject({ id: caseId, stale: true });
  const told = await system.graphql("amina", "{ cases(where: { first: 1 }) { items { stale } } }");
  expect(told.body.data.cases.items).toEqual([{ stale: true }]);
  const file = await system.get("amina", `/v1/cases/${caseId}`);
  expect(file.body.stale).toBe(false);
});
