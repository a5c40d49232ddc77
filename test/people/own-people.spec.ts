import { EventReader } from "../support/live.js";
import { asker, PersonAtABrowser, type SignedInTokens } from "../support/person.js";
import { System } from "../support/system.js";
import { eventually } from "../journeys/journey.js";

// From nothing to the first admitted resident, under one's own names: a shelter that has no provider of its own.

const system = new System();
let ask: ReturnType<typeof asker>;
let founder: PersonAtABrowser;
let administrator: SignedInTokens;
const program = "http://127.0.0.1:4999";
beforeAll(async () => {
  await system.start({ DEMO_SIGN_IN: "no", BUILT_IN_SIGN_IN: "yes", CORS_ORIGINS: program });
  ask = asker(system.base);
  await eventually(
    async () => system.notices,
    (notices) => notices.length > 0,
  );
}, 120_000);
afterAll(() => system.stop(), 60_000);

const linkIn = (text: string): string => /\/sign-in\/link\/[\w-]+/.exec(text)![0];
const done = async (token: string, path: string, body: object): Promise<any> => {
  const reply = await ask(token, path, body);
  if (reply.status >= 300) throw new Error(`${path}: ${reply.status} ${JSON.stringify(reply.body)}`);
  return reply.body;
};
const me = async (token: string) => (await ask(token, "/v1/me")).body;

/** Registers somebody, invites her, and lets her choose how she signs in. */
async function invited(username: string, post: object, by = administrator.access_token, organisation?: string): Promise<PersonAtABrowser> {
  const { id } = await done(by, "/v1/staff/register-staff", { name: `Invented ${username}`, languages: ["sw"] });
  const of = organisation ?? ((await me(by)).organisation as string);
  await done(by, `/v1/organisations/${of}/invite-member`, { staff: id, ...post });
  const { url } = await done(by, `/v1/staff/${id}/issue-sign-in-link`, { kind: "Invitation" });
  const person = new PersonAtABrowser(system.base, username, `kahawa na maziwa ya ${username.length} asubuhi`, `${program}/back`);
  expect((await person.useLink(linkIn(url))).status).toBe(200);
  return person;
}

test("whoever runs the machine founds the organisation by a link that counts once, and is its first administrator", async () => {
  const link = linkIn(system.notices[0]!);
  founder = new PersonAtABrowser(system.base, "Neema.F", "mlima mrefu na bahari pana", `${program}/back`);
  expect((await founder.ask(link)).headers.get("content-security-policy")).toContain("default-src 'none'");
  const named = { organisation: "Example Shelter Trust", name: "Invented Neema" };
  const weak = await founder.ask(link, { username: "neema.f", password: "password123456", again: "password123456", ...named });
  expect([weak.status, (await weak.text()).includes("Many people use this password")]).toEqual([400, true]);
  expect((await founder.useLink(link, named)).status).toBe(200);
  expect((await founder.useLink(link, named)).status).toBe(404);
  administrator = await founder.tokens();
  expect(founder.secret).toMatch(/^[A-Z2-7]{32}$/);
  expect(
    await eventually(
      () => me(administrator.access_token),
      ({ name }) => name !== undefined,
    ),
  ).toMatchObject({
    name: "Invented Neema",
    role: "platform-administrator",
    roles: ["platform-administrator", "supervisor"],
  });
}, 60_000);

let manager: { person: PersonAtABrowser; tokens: SignedInTokens };
let shelter: string;

test("a manager who registers her house runs it, and there is one house of each code", async () => {
  const person = await invited("esther", { roles: ["shelter-manager"] });
  manager = { person, tokens: await person.tokens() };
  const { access_token } = manager.tokens;
  const house = { code: "TST-1", region: "Kigoma", address: "Invented street 1" };
  shelter = (await done(access_token, "/v1/shelters/register-shelter", house)).id;
  expect((await ask(access_token, "/v1/shelters/register-shelter", house)).body.code).toBe("ShelterAlreadyRegistered");
  await eventually(
    () => me(access_token),
    (answer) => answer.shelter === shelter,
  );
  await done(access_token, `/v1/shelters/${shelter}/change-capacity`, {
    beds: [{ bed: "W-1", category: "Women", availability: "YearRound" }],
  });
  const validUntil = new Date(Date.now() + 200 * 86_400_000).toISOString();
  const office = { name: "Example Welfare Office", types: ["LocalGovernmentOrganisation"] };
  const { id: government } = await done(administrator.access_token, "/v1/organisations/onboard-organisation", office);
  const officer = await invited("mkaguzi", { roles: ["social-welfare-officer"] }, administrator.access_token, government);
  await done((await officer.tokens()).access_token, `/v1/shelters/${shelter}/vet-shelter`, { validUntil });
  expect((await ask(access_token, `/v1/shelters/${shelter}`)).body).toMatchObject({
    code: "TST-1",
    location: { address: "Invented street 1" },
  });
}, 60_000);

let worker: { person: PersonAtABrowser; tokens: SignedInTokens };
let caseId: string;

test("her case manager admits the first resident, and history says who did it by name to a colleague", async () => {
  const person = await invited("amina", { roles: ["shelter-case-manager"], shelter });
  worker = { person, tokens: await person.tokens() };
  const { access_token } = worker.tokens;
  const opening = { source: "Police", urgency: "Immediate", region: "Kigoma", sex: "Female", ageBand: "21-29" };
  caseId = (await done(access_token, "/v1/cases/open-case", opening)).id;
  const admission = { caseId, bed: "W-1", voluntary: true, houseRulesExplained: true };
  await done(access_token, `/v1/shelters/${shelter}/admit-resident`, admission);
  const { items } = (await ask(access_token, `/v1/shelters/${shelter}/history?sort=-revision&first=1`)).body;
  expect(items[0]).toMatchObject({ type: "ResidentAdmitted", by: { name: "Invented amina", role: "shelter-case-manager" } });
}, 60_000);

test("whoever holds two roles acts in the one that she names, and in none that she does not hold", async () => {
  const { access_token } = administrator;
  const as = (role: string) => ask(access_token, "/v1/me", undefined, { "acting-as": role });
  expect([(await as("supervisor")).body.role, (await as("nurse")).body.code]).toEqual(["supervisor", "RoleNotHeld"]);
});

test("a district officer, a second house and a partner hospital begin as the first did, each seeing her own", async () => {
  const officer = await invited("jabari", { roles: ["social-welfare-officer"], district: "Kasulu-Town" });
  expect(await me((await officer.tokens()).access_token)).toMatchObject({ district: "Kasulu-Town" });
  const second = await (await invited("faraji", { roles: ["shelter-manager"] })).tokens();
  const house = { code: "TST-2", region: "Kagera", address: "Invented street 2" };
  const other = (await done(second.access_token, "/v1/shelters/register-shelter", house)).id as string;
  await eventually(
    () => me(second.access_token),
    (answer) => answer.shelter === other,
  );
  expect((await ask(second.access_token, `/v1/shelters/${shelter}/history`)).status).toBe(404);
  const hospital = (
    await done(administrator.access_token, "/v1/organisations/onboard-organisation", {
      name: "Example Hospital",
      types: ["HealthServiceOrganisation"],
    })
  ).id as string;
  const doctor = await invited("daktari", { roles: ["supervisor", "nurse"] }, administrator.access_token, hospital);
  const token = (await doctor.tokens()).access_token;
  expect(await me(token)).toMatchObject({ organisation: hospital, role: "supervisor" });
  expect((await ask(token, `/v1/cases/${caseId}`)).status).toBe(404);
  // She takes on a colleague herself, and no administrator.
  await invited("nesi", { roles: ["nurse"] }, token);
  const { id } = await done(token, "/v1/staff/register-staff", { name: "Invented", languages: [] });
  const refused = await ask(token, `/v1/organisations/${hospital}/invite-member`, { staff: id, roles: ["auditor"] });
  expect(refused.body.code).toBe("RoleNotYoursToGive");
  expect((await ask(token, `/v1/staff/${(await me(token)).id}/issue-sign-in-link`, { kind: "Recovery" })).body.code).toBe("LinkForOneself");
}, 120_000);

test("where a partner has too few who can decide, the one that was named for it does, and sees no more than that needs", async () => {
  const { access_token } = administrator;
  const host = (await me(access_token)).organisation as string;
  const clinic = (await done(access_token, "/v1/organisations/onboard-organisation", { name: "Example Clinic", types: ["NGO"] }))
    .id as string;
  await done(access_token, `/v1/organisations/${clinic}/name-approving-partner`, { partner: host });
  const worker = await invited("zawadi", { roles: ["shelter-case-manager"] }, access_token, clinic);
  const token = (await worker.tokens()).access_token;
  const opening = {
    source: "Hotline",
    urgency: "Routine",
    region: "Kigoma",
    sex: "Female",
    ageBand: "21-29",
    immediateNeeds: "Invented needs",
  };
  const { id } = await done(token, "/v1/cases/open-case", opening);
  const asSupervisor = { "acting-as": "supervisor" };
  const see = () => ask(access_token, `/v1/cases/${id}`, undefined, asSupervisor);
  expect((await see()).status).toBe(404);
  await done(token, `/v1/cases/${id}/request-closure`, { reason: "GoalsAchieved" });
  expect((await ask(token, `/v1/cases/${id}/approve-closure`, {})).status).toBe(404);
  const seen = await eventually(see, ({ status }) => status === 200);
  expect(seen.body).toMatchObject({ stage: "ClosureRequested", sex: null });
  const listed = async () => (await ask(access_token, `/v1/cases?id=${id}`, undefined, asSupervisor)).body.items.length;
  await eventually(listed, (count) => count === 1);
  expect((await ask(access_token, `/v1/cases/${id}/approve-closure`, {}, asSupervisor)).status).toBe(200);
  expect((await see()).status).toBe(404);
  await eventually(listed, (count) => count === 0);
}, 60_000);

test("a stolen refresh token that is used twice ends its family", async () => {
  const { person } = worker;
  const { refresh_token } = await person.tokens();
  const first = await person.refresh(refresh_token);
  const next = (await first.json()) as SignedInTokens;
  expect((await person.refresh(refresh_token)).status).toBe(400);
  expect((await person.refresh(next.refresh_token)).status).toBe(400);
}, 90_000);

test("whoever leaves is out within five seconds: her stream ends, her token and her refresh count no longer", async () => {
  const { person } = worker;
  const tokens = await person.tokens();
  const { ticket } = await done(tokens.access_token, "/sign-in/ticket", {});
  const live = await fetch(`${system.base}/v1/cases/${caseId}/live?ticket=${ticket}`);
  expect(live.status).toBe(200);
  expect((await fetch(`${system.base}/v1/cases/${caseId}/live?ticket=${ticket}`)).status).toBe(401);
  const events = new EventReader(live);
  await events.next();
  const { id, organisation } = await me(tokens.access_token);
  const since = performance.now();
  await done(administrator.access_token, `/v1/organisations/${organisation}/deactivate-member`, { staff: id, reason: "Left" });
  const end = await events.until(({ event }) => event === "end");
  expect(end.data.code).toBe("MembershipChanged");
  await eventually(
    () => ask(tokens.access_token, "/v1/me"),
    ({ body }) => body.code === "MembershipEnded",
  );
  expect((await person.refresh(tokens.refresh_token)).status).toBe(400);
  expect(performance.now() - since).toBeLessThan(5_000);
  expect(await person.signIn()).toMatchObject({ status: 400, page: expect.stringContaining("You are none of the people here") });
}, 90_000);

test("the last administrator is not sent away, and gives herself no role", async () => {
  const { id, organisation } = await me(administrator.access_token);
  const say = async (verb: string, body: object) =>
    (await ask(administrator.access_token, `/v1/organisations/${organisation}/${verb}`, { staff: id, ...body })).body.code;
  expect([
    await say("deactivate-member", { reason: "Left" }),
    await say("post-member", { roles: ["platform-administrator", "supervisor", "auditor"] }),
  ]).toEqual(["LastAdministrator", "RoleSelfGiven"]);
});

test("who signs out everywhere has no token that counts, and can sign in again", async () => {
  const { person, tokens: known } = manager;
  await new Promise((resolve) => setTimeout(resolve, 1_100));
  const out = await fetch(`${system.base}/sign-in/out-everywhere`, {
    method: "POST",
    headers: { authorization: `Bearer ${known.access_token}` },
  });
  expect(out.status).toBe(204);
  await eventually(
    () => ask(known.access_token, "/v1/me"),
    ({ status }) => status === 401,
    5,
  );
  expect((await person.refresh(known.refresh_token)).status).toBe(400);
  expect((await ask((await person.tokens()).access_token, "/v1/me")).status).toBe(200);
}, 120_000);

test("a real person never signs in by a password grant", async () => {
  const form = { grant_type: "password", client_id: "hifadhi", username: "neema.f", password: "mlima mrefu na bahari pana" };
  expect((await founder.ask("/sign-in/token", form)).status).toBe(400);
});
