import { randomUUID } from "node:crypto";
import { Pool } from "pg";
import { EventReader, graphqlClient } from "../support/live.js";
import { System } from "../support/system.js";
import { tokenUntil } from "../support/token.js";
import { caseWithConsent, eventually, shelterWith } from "./journey.js";

const perPerson = 5;
const system = new System();
let shelter: string;
beforeAll(async () => {
  await system.start({ LIVE_STREAMS_PER_PERSON: String(perPerson) });
  shelter = await shelterWith(system, [
    { bed: "W-1", category: "Women", availability: "YearRound" },
    { bed: "W-2", category: "Women", availability: "YearRound" },
  ]);
  await eventually(
    () => system.get("esther", `/v1/shelters/${shelter}`),
    ({ body }) => body.free === 2,
  );
}, 120_000);
afterAll(() => system.stop(), 60_000);

/** Follows `/v1/<path>/live`, and until the test is over at the longest. */
async function followWith(token: string, path: string, headers: Record<string, string> = {}): Promise<EventReader> {
  const events = new EventReader(
    await fetch(`${system.base}/v1/${path}/live`, { headers: { authorization: `Bearer ${token}`, ...headers } }),
  );
  open.push(() => events.close());
  return events;
}
const follow = async (username: string, path: string, headers?: Record<string, string>) =>
  followWith(await system.token(username), path, headers);

/** `subscription { name(id) { fields } }`: what is told, one after the other. */
function subscribe(token: string | undefined, field: string, fields: string) {
  const client = graphqlClient(system.base, token);
  open.push(async () => client.dispose());
  const states = client.iterate<any>({ query: `subscription { ${field} { ${fields} } }` });
  return { next: async () => (await states.next()).value };
}
const open: (() => Promise<unknown>)[] = [];
afterEach(() => Promise.all(open.splice(0).map((close) => close())));

/** Takes a bed out of service, or puts it back. Answers the position of that. */
async function bedInService(inService: boolean): Promise<string> {
  const path = `/v1/shelters/${shelter}/${inService ? "restore-bed" : "take-bed-out-of-service"}`;
  return (await system.post("esther", path, { bed: "W-1", ...(!inService && { reason: "Repair" }) })).body.position;
}
const inView = (position: string) => system.get("esther", `/v1/shelters/${shelter}`, { "consistent-after": position });

test("a shelter's occupancy comes at once, and again when it has changed", async () => {
  const events = await follow("esther", `shelters/${shelter}`);
  expect(events.response.headers.get("content-type")).toBe("text/event-stream");
  const first = (await events.next())!;
  expect(first).toMatchObject({
    id: first.data.position,
    data: { row: { id: shelter, occupied: 0, free: 2, location: null, stale: false } },
  });
  const position = await bedInService(false);
  expect(await events.next()).toMatchObject({ id: position, data: { position, row: { bedsInService: 1, free: 1 } } });
  await bedInService(true);
});

test("by GraphQL as well, and from any moment on", async () => {
  const token = await system.token("esther");
  const states = subscribe(token, `shelterLive(id: "${shelter}")`, "position row { occupied free location { address } }");
  expect(await states.next()).toMatchObject({ data: { shelterLive: { row: { occupied: 0, free: 2, location: null } } } });
  const position = await bedInService(false);
  expect(await states.next()).toEqual({ data: { shelterLive: { position, row: { occupied: 0, free: 1, location: null } } } });
  const further = subscribe(token, `shelterLive(id: "${shelter}", after: "${position}")`, "position");
  const later = further.next();
  const restored = await bedInService(true);
  expect(await later).toEqual({ data: { shelterLive: { position: restored } } });
});

test("whoever was away is told what was missed, and nothing twice", async () => {
  const before = await bedInService(false);
  await inView(before);
  const missed = await bedInService(true);
  await inView(missed);
  const [behind, level] = await Promise.all([before, missed].map((id) => follow("esther", `shelters/${shelter}`, { "last-event-id": id })));
  expect((await behind!.next())!.id).toBe(missed);
  const next = await bedInService(false);
  expect([(await behind!.next())!.id, (await level!.next())!.id]).toEqual([next, next]);
  await bedInService(true);
  const { response } = await follow("esther", `shelters/${shelter}`, { "last-event-id": "yesterday" });
  expect(response.status).toBe(400);
});

test("a row that is no more the whole is told again, though nothing happened in it", async () => {
  const position = await bedInService(false);
  await inView(position);
  const pool = new Pool({ connectionString: system.environment["DATABASE_URL"]! });
  const stale = async (since: number | null) => pool.query("update shelter set stale_since = $2 where id = $1", [shelter, since]);
  const seen = { "last-event-id": position };
  await stale(1);
  expect(await (await follow("esther", `shelters/${shelter}`, seen)).next()).toMatchObject({
    id: position,
    data: { row: { stale: true } },
  });
  await stale(null);
  await pool.end();
  const whole = await follow("esther", `shelters/${shelter}`, seen);
  const restored = await bedInService(true);
  expect((await whole.next())!.id).toBe(restored);
});

test("nothing personal is pushed, to nobody", async () => {
  const id = await caseWithConsent(system);
  const identity = { givenName: "Examplina", citizenships: ["TZ"], languages: ["sw"] };
  const { body } = await system.post("amina", `/v1/cases/${id}/record-identity`, identity);
  const [told, seen] = await Promise.all([
    follow("amina", `cases/${id}`, { "consistent-after": body.position }),
    follow("esther", `shelters/${shelter}`),
  ]);
  const events = [await told.next(), await seen.next()];
  await system.post("amina", `/v1/cases/${id}/record-identity`, { ...identity, givenName: "Examplisia" }, { "if-match": body.revision });
  events.push(await told.until(({ data }) => data.row.revision === 3));
  expect(events[0]!.data.row).toMatchObject({ id, stage: "Draft", sex: "Female", stale: false });
  expect(JSON.stringify(events)).not.toMatch(/Exampl|Invented|sealed/);
  const access = await system.get("rehema", `/v1/cases/${id}/access`);
  expect(JSON.stringify(access.body)).not.toContain("PersonalDataDisclosed");
});

test("who manages another shelter learns nothing, and that is on record", async () => {
  const refused = await follow("faraji", `shelters/${shelter}`);
  expect([refused.response.status, refused.response.headers.get("content-type")]).toEqual([404, "application/problem+json; charset=utf-8"]);
  const told = await subscribe(await system.token("faraji"), `shelterLive(id: "${shelter}")`, "position").next();
  expect(told.errors[0].extensions).toMatchObject({ status: 404, code: "NotFound" });
  const unknown = await subscribe(await system.token("imani"), `caseLive(id: "${randomUUID()}")`, "position").next();
  expect(unknown.errors[0].extensions).toMatchObject({ status: 404, code: "NotFound" });
  const live = (items: readonly { route: string }[]) => items.filter(({ route }) => route === "shelterLive");
  const { body } = await eventually(
    () => system.get("rehema", `/v1/denials?record=${shelter}`),
    (reply) => live(reply.body.items).length === 2,
  );
  expect(live(body.items)).toMatchObject(Array.from({ length: 2 }, () => ({ act: "read", on: "capacity" })));
});

test("a stream ends when the token does, and says so", async () => {
  const token = await tokenUntil(system, new Date(Date.now() + 6_000), { role: "supervisor" });
  const [events, states] = [await followWith(token, `shelters/${shelter}`), subscribe(token, `shelterLive(id: "${shelter}")`, "position")];
  expect(await states.next()).toMatchObject({ data: { shelterLive: {} } });
  const end = await events.until(({ event }) => event === "end");
  expect(end.data).toMatchObject({ status: 401, code: "TokenExpired" });
  expect(await events.next()).toBeUndefined();
  await expect(states.next()).rejects.toEqual([expect.objectContaining({ extensions: expect.objectContaining({ code: "TokenExpired" }) })]);
});

test("a socket without a token is closed, and answers subscriptions only", async () => {
  const code = (token?: string) =>
    subscribe(token, `shelterLive(id: "${shelter}")`, "position")
      .next()
      .catch(({ code, reason }) => [code, reason]);
  expect(await code()).toEqual([4401, "TokenMissing"]);
  expect(await code("nonsense")).toEqual([4401, "TokenInvalid"]);
  const client = graphqlClient(system.base, await system.token("esther"));
  open.push(async () => client.dispose());
  await expect(client.iterate({ query: "{ vocabularies { name } }" }).next()).rejects.toMatchObject([
    { extensions: { code: "RequestMalformed" } },
  ]);
  const posted = await system.graphql("esther", `subscription { shelterLive(id: "${shelter}") { position } }`);
  expect(posted.body.errors).toMatchObject([{ extensions: { code: "RequestMalformed" } }]);
});

test("one person has so many streams open, and another as many", async () => {
  const streams = await Promise.all(Array.from({ length: perPerson }, () => follow("imani", `shelters/${shelter}`)));
  expect(streams.map(({ response }) => response.status)).toEqual(Array.from({ length: perPerson }, () => 200));
  const { response } = await follow("imani", `shelters/${shelter}`);
  expect([response.status, Number(response.headers.get("retry-after")) > 0]).toEqual([429, true]);
  const told = await subscribe(await system.token("imani"), `shelterLive(id: "${shelter}")`, "position").next();
  expect(told.errors[0].extensions).toMatchObject({ status: 429, code: "TooManyRequests" });
  expect((await follow("esther", `shelters/${shelter}`)).response.status).toBe(200);
  const metrics = async () => (await fetch(`${system.base}/metrics`)).text();
  await eventually(metrics, (text) => text.includes(`\nlive_streams ${perPerson + 1}\n`));
  await streams[0]!.close();
  await eventually(
    () => follow("imani", `shelters/${shelter}`),
    (again) => again.response.status === 200,
  );
});

test("whoever asks for no more than the headers holds no stream", async () => {
  const headers = { authorization: `Bearer ${await system.token("imani")}` };
  const status = async () => (await fetch(`${system.base}/v1/shelters/${shelter}/live`, { method: "HEAD", headers })).status;
  for (let each = 0; each <= perPerson; each++) await eventually(status, (answer) => answer === 200);
});

test("a stream goes on while the projector is away", async () => {
  const events = await follow("esther", `shelters/${shelter}`);
  await events.next();
  await system.killProjector();
  const position = await bedInService(false);
  await system.startProjector();
  expect((await events.next())!.id).toBe(position);
  await bedInService(true);
});

test("the first message of a WebSocket may write authorization in any case of letters", async () => {
  const client = graphqlClient(system.base, await system.token("esther"), "Authorization");
  open.push(async () => client.dispose());
  const states = client.iterate<any>({ query: `subscription { shelterLive(id: "${shelter}") { row { id } } }` });
  expect((await states.next()).value.data.shelterLive.row).toEqual({ id: shelter });
});

test("OpenAPI tells that it is a stream of events", async () => {
  const { body } = await system.get("amina", "/v1/openapi.json");
  const { get } = body.paths["/v1/shelters/{id}/live"];
  expect(get.responses["200"].content).toEqual({ "text/event-stream": { schema: { $ref: "#/components/schemas/ShelterLive" } } });
  expect(body.components.schemas.ShelterLive.properties.row).toMatchObject({ $ref: "#/components/schemas/Shelter" });
});

test("streams do not keep the api from ending, and everybody is told to come back", async () => {
  const [events, silent] = [await follow("esther", `shelters/${shelter}`), await follow("imani", `shelters/${shelter}`)];
  const states = subscribe(await system.token("esther"), `shelterLive(id: "${shelter}")`, "position");
  await Promise.all([events.next(), states.next()]);
  const ended = system.endApi();
  expect((await events.until(({ event }) => event === "end")).data).toMatchObject({ status: 503, code: "Unavailable" });
  await expect(states.next()).rejects.toMatchObject({ code: 1001 });
  expect(await ended).toBe(0);
  expect(silent.response.status).toBe(200);
});
