import { execFile } from "node:child_process";
import { userInfo } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { Client } from "pg";
import { caseWithConsent, consent, eventually, shelterWith } from "../journeys/journey.js";
import { System } from "../support/system.js";

const system = new System();
const client = () => new Client({ connectionString: system.environment["DATABASE_URL"]! });
let shelter: string;
beforeAll(async () => {
  await system.start();
  const beds = ["W1", "W2", "W3", "W4"].map((bed) => ({ bed, category: "Women", availability: "YearRound" }));
  shelter = await shelterWith(system, beds);
}, 120_000);
afterAll(() => system.stop(), 60_000);

const main = join(process.cwd(), "dist", "apps", "projector", "commands.js");
const node = join(process.cwd(), "node_modules", ".bin", "node");
const run = async (...given: string[]): Promise<string> =>
  (await promisify(execFile)(node, [main, ...given], { env: { ...process.env, ...system.environment } })).stdout;
const query = async (text: string, values: unknown[] = []) => {
  const connected = client();
  await connected.connect();
  await connected.query(text, values);
  await connected.end();
};
const letters = (path: string, body: object, who = "tatu") => system.post(who, `/v1/projections/dead-letters/${path}`, body);
const haltedOf = async (view: string) =>
  ((await system.get("tatu", "/v1/projections")).body.views as { view: string; halted: string | null }[]).find((each) =>
    each.view.startsWith(`${view} `),
  )?.halted;
/** A consent that Postgres will not keep in the register. */
async function refusedConsent(purpose: string) {
  const caseId = await caseWithConsent(system);
  await query(`alter table consent add constraint refused_${purpose.toLowerCase()} check (purpose <> '${purpose}')`);
  const { body } = await system.post("amina", `/v1/cases/${caseId}/give-consent`, { ...consent, purpose });
  await eventually(
    () => haltedOf("consent"),
    (halted) => halted?.includes(`revision ${body.revision} of case-${caseId}`) ?? false,
  );
  return { caseId, place: { view: "consent", stream: `case-${caseId}`, revision: String(body.revision) } };
}

describe("what the consent register cannot take", () => {
  test("is passed over by REST when two administrators have signed in for it, and by nobody else", async () => {
    const { caseId, place } = await refusedConsent("PhotoMedia");
    const asked = { ...place, reason: "ValueNotStorable" };
    expect((await letters("skip", asked, "imani")).status).toBe(404);
    expect((await letters("skip", { ...asked, reason: "Because" })).status).toBe(400);
    expect((await letters("skip", { ...asked, revision: "0" })).body).toMatchObject({ status: 409, code: "NothingToSkip" });
    expect((await letters("skip/approve", place)).body).toMatchObject({ status: 409, code: "NothingToSkip" });
    expect((await letters("skip", asked)).body).toMatchObject({ revision: place.revision, reason: "ValueNotStorable", approvedBy: null });
    expect((await letters("skip/approve", place)).body).toMatchObject({ status: 409, code: "SecondPersonNeeded" });
    expect((await letters("skip/approve", place, "imani")).status).toBe(404);
    expect(await haltedOf("consent")).not.toBeNull();
    const { body: allowed } = await letters("skip/approve", place, "vumilia");
    expect(allowed.approvedBy).not.toBeNull();
    expect(allowed.approvedBy).not.toBe(allowed.askedBy);
    await eventually(
      () => haltedOf("consent"),
      (halted) => halted === null,
    );
    const { body: later } = await system.post("amina", `/v1/cases/${caseId}/give-consent`, { ...consent, purpose: "FamilyTracing" });
    const { body: told } = await system.get("amina", `/v1/consents?caseId=${caseId}`, { "consistent-after": later.position });
    expect(told.items.map(({ purpose }: { purpose: string }) => purpose).toSorted()).toEqual(["FamilyTracing", "Interview"]);
    const { body: kept } = await system.get("tatu", "/v1/projections/dead-letters/skipped");
    expect(kept).toEqual([allowed]);
    const { data } = (await system.graphql("tatu", "{ skippedEvents { stream revision approvedBy } }")).body;
    expect(data.skippedEvents).toEqual([{ stream: place.stream, revision: place.revision, approvedBy: allowed.approvedBy }]);
  }, 60_000);

  test("is passed over by commands as well; what is recorded is the operators' own word, and the account of the machine", async () => {
    const { place } = await refusedConsent("AnonymisedResearch");
    const given = [place.view, place.stream, place.revision];
    await expect(run("dead-letters", "skip", ...given, "--by", "imani")).rejects.toThrow("required option '--reason <code>'");
    await expect(run("dead-letters", "skip", ...given, "--reason", "FaultInProgram")).rejects.toThrow("required option '--by <person>'");
    await expect(run("dead-letters", "skip", ...given, "--reason", "FaultInProgram", "--by", " ")).rejects.toThrow("A name of at most 100");
    expect(await run("dead-letters", "skip", ...given, "--reason", "FaultInProgram", "--by", "imani")).toContain(
      "Somebody else must approve",
    );
    await expect(run("dead-letters", "approve", ...given, "--by", "imani")).rejects.toThrow("somebody else must allow it");
    expect(await run("dead-letters", "approve", ...given, "--by", "salim")).toBe("It is passed over.\n");
    await eventually(
      () => haltedOf("consent"),
      (halted) => halted === null,
    );
    const { body } = await system.get("tatu", "/v1/projections/dead-letters/skipped");
    const account = `(own word; account ${userInfo().username} on the command line)`;
    expect(body[0]).toMatchObject({ stream: place.stream, askedBy: `imani ${account}`, approvedBy: `salim ${account}` });
    expect(await run("dead-letters", "skipped")).toContain(`salim ${account}`);
  }, 60_000);
});

describe("what a policy has left waiting", () => {
  const policy = "policy:tell-the-case-where-she-stays";
  const stream = () => `shelter-${shelter}`;
  const told = async (caseId: string) =>
    (await system.get("rehema", `/v1/cases/${caseId}/history`)).body.items.map(({ type }: { type: string }) => type);
  /** She is admitted, and the case cannot be told of it. */
  async function waiting(): Promise<string> {
    const caseId = await caseWithConsent(system);
    await system.killProjector();
    const request = { caseId, voluntary: true, houseRulesExplained: true };
    const { body } = await system.post("amina", `/v1/shelters/${shelter}/admit-resident`, request);
    await query(
      `insert into projection_dead_letter (view, stream, revision, fact_id, type, commit_position, prepare_position, error)
       values ($1, $2, $3, gen_random_uuid(), 'ResidentAdmitted', $4, $4, 'TypeError')`,
      [policy, stream(), body.revision, body.position],
    );
    await system.startProjector();
    await system.get("amina", `/v1/stays?caseId=${caseId}`, { "consistent-after": body.position });
    expect(await told(caseId)).not.toContain("PlacedInShelter");
    return caseId;
  }
  const parked = async () => (await system.get("tatu", "/v1/projections/dead-letters")).body;

  test("is listed, previewed and replayed by REST", async () => {
    const caseId = await waiting();
    expect(await parked()).toMatchObject([{ view: policy, stream: stream(), facts: 1, type: "ResidentAdmitted", error: "TypeError" }]);
    const preview = await system.get("tatu", `/v1/projections/dead-letters/preview?view=${policy}&stream=${stream()}`);
    expect(preview.body).toEqual([{ key: caseId, row: "asks", columns: [], asks: "case recordPlacement" }]);
    expect((await letters("replay", { view: policy, stream: stream() }, "imani")).status).toBe(404);
    expect((await letters("replay", { view: policy, stream: stream() })).body).toEqual({ facts: 1 });
    expect(await told(caseId)).toContain("PlacedInShelter");
    expect(await parked()).toEqual([]);
    expect((await letters("replay", { view: policy, stream: stream() })).body).toMatchObject({ status: 409, code: "NothingParked" });
  }, 60_000);

  test("is listed, previewed and replayed by commands", async () => {
    const caseId = await waiting();
    expect(await run("dead-letters", "list")).toContain(policy);
    expect(JSON.parse(await run("dead-letters", "preview", policy, stream()))).toMatchObject([{ id: caseId, rule: "recordPlacement" }]);
    expect(await run("dead-letters", "replay", policy, stream())).toBe(`1 facts of ${stream()} were taken.\n`);
    expect(await told(caseId)).toContain("PlacedInShelter");
    expect(await run("dead-letters", "list")).toBe("Nothing.\n");
  }, 60_000);

  test("is passed over at one administrator's word, and what stood behind it is replayed", async () => {
    const first = await waiting();
    const second = await caseWithConsent(system);
    const { body } = await system.post("amina", `/v1/shelters/${shelter}/admit-resident`, {
      caseId: second,
      voluntary: true,
      houseRulesExplained: true,
      acceptOverflow: true,
    });
    expect([body.code, (await parked())[0]?.firstRevision]).toEqual([undefined, expect.any(String)]);
    const place = { view: policy, stream: stream(), revision: (await parked())[0].firstRevision };
    expect((await letters("skip", { ...place, reason: "WrittenByMistake" })).body).toMatchObject({ approvedBy: expect.any(String) });
    await eventually(parked, ([waits]) => waits?.facts === 2);
    expect((await letters("replay", { view: policy, stream: stream() })).body).toEqual({ facts: 2 });
    // Leave to pass over is used only where it cannot be asked for, and now it can.
    expect(await told(first)).toContain("PlacedInShelter");
    expect(await told(second)).toContain("PlacedInShelter");
  }, 60_000);
});
