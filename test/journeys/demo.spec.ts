import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { promisify } from "node:util";
import { caseload } from "../../apps/demo/caseload.js";
import { demoOrganisation, demoPeople } from "#platform/sign-in/sign-in.js";
import { System } from "../support/system.js";
import { eventually, woman } from "./journey.js";

const system = new System();
beforeAll(() => system.start(), 120_000);
afterAll(() => system.stop(), 60_000);

const node = join(process.cwd(), "node_modules", ".bin", "node");
const program = join(process.cwd(), "dist", "apps", "demo", "main.js");
const given = (cases: number, seed: string, url = system.base) => [program, "--cases", String(cases), "--url", url, "--seed", seed];
const demo = (cases: number, seed = "demo", url?: string) => promisify(execFile)(node, given(cases, seed, url));
const listed = async (list: string, who = "rehema"): Promise<any[]> => (await system.get(who, `/v1/${list}?first=200`)).body.items;
const cases = async () => (await system.get("rehema", "/v1/cases?first=200&sort=openedAt")).body.items;
const report = () => system.get("tatu", "/v1/projections");
const projected = () => eventually(report, ({ body }) => body.views.every((each: { factsBehind: number }) => each.factsBehind === 0), 60);
const ready = async () => {
  await eventually(report, ({ body }) => body.due.every(({ fallenDue }: { fallenDue: number }) => fallenDue === 0), 60);
  await projected();
};

test("the demo's two years are brought in, a second run changes nothing, and another caseload lives beside it", async () => {
  expect((await demo(20)).stdout).toContain("20 invented cases are there");
  // What fell due in these two years is asked for now that the import has ended.
  await ready();
  const there = await cases();
  expect(there).toHaveLength(20);
  const topics = ["services", "plans", "goals", "assessments", "notes", "contact-attempts", "hotline-contacts", "trafficking-events"];
  for (const topic of [...topics, "event-cases", "documents"]) expect([topic, (await listed(topic)).length > 0]).toEqual([topic, true]);
  expect(await listed("work", "imani")).not.toEqual([]);
  await demo(20);
  await ready();
  expect(await cases()).toEqual(there);
  expect((await demo(4, "another")).stdout).toContain("4 invented cases are there");
  await ready();
  expect(await cases()).toHaveLength(24);
  await expect(demo(1, "demo", "http://127.0.0.1:1")).rejects.toThrow("Nothing answers at http://127.0.0.1:1");
}, 180_000);

test("what was stopped goes on where it was, and tells nothing twice", async () => {
  const before = await cases();
  const first = spawn(node, given(16, "stopped"), { stdio: ["ignore", "ignore", "pipe"] });
  let told = "";
  first.stderr.on("data", (chunk) => (told += chunk));
  const ended = once(first, "exit");
  await eventually(cases, (there) => there.length > before.length + 1, 60);
  first.kill("SIGINT");
  expect((await ended)[0]).toBe(130);
  expect(told).toContain("Stopped.");
  // What falls due in it waits until the import ends.
  await projected();
  expect((await cases()).length).toBeLessThan(before.length + 16);
  await demo(16, "stopped");
  await ready();
  const there = await cases();
  expect(there).toHaveLength(before.length + 16);
  // Of each, everything that is told of it once.
  const steps = caseload({ seed: "stopped|16", region: "Kigoma", worker: "amina" }, 4).steps.filter(({ record }) => record === "case 0");
  const opened = there.find((each: any) => each.openedAt === new Date(steps[0]!.at).toISOString());
  const { body } = await system.get("rehema", `/v1/cases/${opened.id}/history?first=200`);
  const keys = body.items.map(({ commandId, type }: any) => `${commandId} ${type}`);
  const many = ["AssessmentSuperseded", "ServiceDeclined"];
  expect(keys.filter((each: string, index: number) => keys.indexOf(each) !== index && !many.includes(each.split(" ")[1]!))).toEqual([]);
  for (const { key, record, what } of steps)
    if (record !== "shelter") expect([what, body.items.some(({ commandId }: any) => commandId === key)]).toEqual([what, true]);
}, 180_000);

test("what is refused though nobody expected it is told, and the run fails", async () => {
  const opening = caseload({ seed: "refused|4", region: "Kigoma", worker: "amina" }, 1).steps[0]!;
  const until = new Date(Date.now() + 3_600_000).toISOString();
  const importer = demoPeople.find(({ username }) => username === "wema")!.id;
  const { body } = await system.post("tatu", "/v1/imports/open-import", { importer, until });
  await system.post("vumilia", `/v1/imports/${body.id}/approve-import`);
  const { id, role, shelter } = demoPeople.find(({ username }) => username === "amina")!;
  const line = { key: opening.key, operation: "openCase", at: opening.at, by: { id, role, organisation: demoOrganisation, shelter } };
  const { body: brought } = await system.post("wema", `/v1/imports/${body.id}/bring-in`, { lines: [{ ...line, input: woman }] });
  expect(brought.refused).toBeNull();
  const failed = await demo(4, "refused").catch((error: unknown) => error as { code: number; stderr: string });
  expect(failed).toMatchObject({ code: 1 });
  expect(failed.stderr).toContain("KIG-1, case 0, ");
}, 120_000);
