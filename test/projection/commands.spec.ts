import { execFile, spawn } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { Client } from "pg";
import { dues, views } from "#domain/domain.js";
import { tableOf } from "#projection/declare/columns.js";
import { viewName } from "#projection/declare/view.js";
import { System } from "../support/system.js";
import { caseWithConsent, eventually } from "../journeys/journey.js";

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

/** With its version, such as `case 2`. */
const nameOf = (table: string) => viewName(views.find(({ row }) => tableOf(row).table === table)!);
const run = async (...given: string[]): Promise<string> =>
  (await promisify(execFile)(node, [main, ...given], { env: { ...process.env, ...system.environment } })).stdout;
const query = async (text: string, values: unknown[]) => {
  const client = new Client({ connectionString: system.environment["DATABASE_URL"]! });
  await client.connect();
  await client.query(text, values);
  await client.end();
};

/** What the administrator sees. */
const report = async () => (await system.get("tatu", "/v1/projections")).body as { views: any[]; tasks: any[] };

test("operators see how far every view is, and that nothing is parked", async () => {
  const status = await run("status");
  for (const view of views) expect(status).toContain(viewName(view));
  for (const { name } of dues) expect(status).toMatch(new RegExp(`^${name} +\\d+ +0 `, "m"));
  expect(await run("dead-letters", "list")).toBe("Nothing.\n");
  await expect(run("dead-letters", "replay", "nothing", "case-1")).rejects.toThrow("There is no view nothing.");
  await expect(run("dead-letters", "preview", "case", `case-${caseId}`)).rejects.toThrow(`is parked in ${nameOf("case")}`);
});

test("a number that is none is refused, and nothing is begun", async () => {
  await expect(run("rebuild", "--throttle", "fast")).rejects.toThrow("A whole number from 1 on is needed.");
  await expect(run("reconcile", "--sample-every", "0")).rejects.toThrow("A whole number from 1 on is needed.");
  expect((await report()).tasks).toEqual([]);
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
  expect(file.body).toMatchObject({ stale: true, person: { stale: false } });
});

test("views are folded anew by a command, go on where it was killed, and take the place of the live ones while the API answers", async () => {
  for (let count = 0; count < 30; count++) await caseWithConsent(system);
  const started = spawn(node, [main, "rebuild", "--throttle", "1"], { env: { ...process.env, ...system.environment }, stdio: "ignore" });
  await eventually(
    () => report(),
    ({ tasks }) => tasks.some(({ kind, state }: { kind: string; state: string }) => kind === "rebuild" && state === "running"),
  );
  started.kill("SIGKILL");
  // A projector takes up what a dead process leaves.
  const { tasks } = await eventually(
    () => report(),
    ({ tasks: [task] }) => task?.state === "running" && task.position !== null,
  );
  const stopped = await system.post("tatu", "/v1/projections/stop", { task: tasks[0].id });
  expect(stopped.body).toMatchObject({ kind: "rebuild", state: "stopping" });
  await eventually(
    () => report(),
    ({ tasks: [task] }) => task?.state === "stopped",
  );
  expect(JSON.parse(await run("rebuild", "--swap"))).toMatchObject({
    swapped: true,
    views: [{ rows: 31 }, ...views.slice(1).map(() => ({}))],
  });
  expect((await system.get("amina", `/v1/cases/${caseId}`)).status).toBe(200);
  // Who stands to a case that was opened since is asked of the tables that are live now.
  const later = await caseWithConsent(system);
  await eventually(
    () => system.get("amina", `/v1/cases?id=${later}`),
    ({ body }) => body.items.length === 1,
  );
  expect(JSON.parse(await run("reconcile", "--sample-every", "1"))).toMatchObject({ findings: [] });
}, 120_000);

test("whoever keeps the platform running does it all by REST and GraphQL, and nobody else does", async () => {
  for (const [path, body] of [["rebuild"], ["swap"], ["rollback"], ["pause", { views: ["case"] }]] as const)
    expect((await system.post("amina", `/v1/projections/${path}`, body ?? {})).status).toBe(404);
  expect((await system.get("imani", "/v1/projections")).status).toBe(404);

  const asked = await system.post("tatu", "/v1/projections/rebuild", { views: ["consent"], anew: true });
  expect(asked.body).toMatchObject({ kind: "rebuild", state: "asked", views: [nameOf("consent")] });
  await eventually(
    () => report(),
    ({ tasks: [task] }) => task?.state === "done",
  );
  expect((await system.post("tatu", "/v1/projections/verify", { views: ["consent"], sampleEvery: 1 })).body.state).toBe("asked");
  await eventually(
    () => report(),
    ({ tasks: [task] }) => task?.kind === "verify" && task.state === "done" && task.result.found === 0,
  );
  const { body: swapped } = await system.graphql(
    "tatu",
    `mutation { swapViews(input: { views: ["consent"] }) { views { view factsBehind } } }`,
  );
  expect(swapped.data.swapViews.views).toContainEqual({ view: nameOf("consent"), factsBehind: expect.any(Number) });
  expect((await system.post("tatu", "/v1/projections/swap", { views: ["consent"] })).body).toMatchObject({
    status: 409,
    code: "NothingToExchange",
  });
  // Two who ask at once: the second finds what was there before.
  const twice = await Promise.all([1, 2].map(() => system.post("tatu", "/v1/projections/rollback", { views: ["consent"] })));
  expect(twice.map(({ status }) => status)).toEqual([200, 200]);
  expect((await system.post("tatu", "/v1/projections/rollback", { views: ["consent"] })).status).toBe(200);
  expect((await system.post("tatu", "/v1/projections/rebuild", { views: ["nothing"] })).body).toMatchObject({ status: 400 });
  expect((await system.get("tatu", "/v1/projections/dead-letters")).body).toEqual([]);
  const preview = await system.get("tatu", `/v1/projections/dead-letters/preview?view=case&stream=case-${caseId}`);
  expect(preview.body).toMatchObject({ status: 409, code: "NothingParked" });
}, 120_000);

test("a view that is paused makes who waits for it wait, and has everything once it is resumed", async () => {
  const paused = await system.post("tatu", "/v1/projections/pause", { views: ["consent"] });
  expect(paused.body.views).toContainEqual(expect.objectContaining({ view: nameOf("consent"), halted: "paused" }));
  const { body } = await system.post("amina", `/v1/cases/${caseId}/refuse-consent`, { purpose: "PhotoMedia", refusedBy: "self" });
  const late = system.get("amina", "/v1/consents", { "consistent-after": body.position });
  expect((await system.get("amina", "/v1/cases", { "consistent-after": body.position })).status).toBe(200);
  expect((await late).body).toMatchObject({ status: 503, code: "NotYetConsistent" });
  await run("resume", "consent");
  await eventually(
    () => system.get("amina", "/v1/consents", { "consistent-after": body.position }),
    ({ status }) => status === 200,
  );
}, 60_000);
