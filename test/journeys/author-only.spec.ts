import { Pool } from "pg";
import { demoPeople } from "#platform/sign-in/sign-in.js";
import type { SealedPart } from "#seal/sealed.js";
import { EventReader, graphqlClient } from "../support/live.js";
import { System } from "../support/system.js";
import { assign, caseWithConsent } from "./journey.js";

// What amina alone is to read of a woman. Baraka is of the same team, imani supervises, rehema checks with a warrant, chausiku looks in.

const system = new System();
let pool: Pool;
let id: string;
let position: string;
const mine = "Invented words for nobody else";
const shared = "Invented words for the team";
beforeAll(async () => {
  await system.start();
  pool = new Pool({ connectionString: system.environment["DATABASE_URL"]! });
  id = await caseWithConsent(system);
  await assign(system, id, "baraka");
  const say = (who: string, verb: string, body: object) => system.post(who, `/v1/cases/${id}/${verb}`, body);
  expect((await say("amina", "add-note", { narrative: mine, authorOnly: true })).status).toBe(200);
  expect((await say("amina", "add-note", { narrative: shared })).status).toBe(200);
  await say("salim", "issue-warrant", { holder: idOf("rehema"), areas: ["narrative"], reason: "Audit", days: 1 });
  const looking = { reason: "ThreatToLife", explanation: "Invented", informed: "imani", hours: 1 };
  const { status, body } = await say("chausiku", "invoke-break-glass", looking);
  expect(status).toBe(200);
  position = body.position;
}, 120_000);
afterAll(async () => {
  await pool.end();
  await system.stop();
}, 60_000);

const idOf = (name: string): string => demoPeople.find(({ username }) => username === name)!.id;
const get = (who: string, path: string) => system.get(who, `/v1/cases/${id}${path}`, { "consistent-after": position });

/** Everything that the api tells her of the case, by every way. */
async function toldTo(who: string): Promise<unknown[]> {
  const paths = ["", "/notes", "/history?first=200", "/state", "/state?revision=3", "/access"];
  const byRest = await Promise.all(paths.map(async (path) => (await get(who, path)).body));
  const lists = (await system.get(who, "/v1/notes", { "consistent-after": position })).body;
  const texts = "{ narrative { fact text } health { text } }";
  const { body: graphql } = await system.graphql(
    who,
    `{ case(id: "${id}") { id noteTexts ${texts} notes { items { id authorOnly } } } cases { items { id noteTexts ${texts} } } ` +
      `caseHistory(id: "${id}") { items { data changed sealed } } caseState(id: "${id}") { state } }`,
  );
  const token = await system.token(who);
  const events = new EventReader(await fetch(`${system.base}/v1/cases/${id}/live`, { headers: { authorization: `Bearer ${token}` } }));
  const live = await events.next();
  await events.close();
  const client = graphqlClient(system.base, token);
  const states = client.iterate({ query: `subscription { caseLive(id: "${id}") { row { id noteTexts ${texts} } } }` });
  const subscribed = (await states.next()).value;
  await client.dispose();
  return [...byRest, lists, graphql, live, subscribed];
}
const texts = async (who: string) => ((await get(who, "")).body.noteTexts?.narrative ?? []).map(({ text }: { text: string }) => text);

test("whoever wrote it reads it, and says so herself in the list of notes", async () => {
  expect(await texts("amina")).toEqual([mine, shared]);
  const { body } = await get("amina", "/notes");
  expect(body.items.map(({ authorOnly }: { authorOnly: boolean }) => authorOnly).toSorted()).toEqual([false, true]);
  const { body: graphql } = await system.graphql("amina", `{ case(id: "${id}") { noteTexts { narrative { text } } } }`);
  expect(graphql.data.case.noteTexts.narrative).toEqual([{ text: mine }, { text: shared }]);
});

test.each(["baraka", "imani", "rehema", "chausiku"])("%s, who reads what is for the team, is told by no way what is not", async (who) => {
  expect(await texts(who)).toEqual([shared]);
  const told = await toldTo(who);
  expect(JSON.stringify(told)).toContain(id);
  expect(JSON.stringify(told)).not.toContain(mine);
});

test("her colleagues learn that there is such a note, and whose", async () => {
  const { body } = await get("imani", "/notes");
  expect(body.items).toContainEqual(expect.objectContaining({ author: idOf("amina"), authorOnly: true, about: "narrative" }));
  const { body: history } = await get("imani", "/history?type=NoteAdded");
  expect(history.items.map(({ sealed }: { sealed: string[] }) => sealed)).toEqual([["narrative"], ["narrative"]]);
});

test("whoever can write to the tables opens it for nobody by what she makes a box say of itself", async () => {
  const { rows } = await pool.query<{ narrative: SealedPart[] }>("select narrative from case_notes where id = $1", [id]);
  const [own, forAll] = rows[0]!.narrative;
  const put = (parts: unknown) => pool.query("update case_notes set narrative = $2 where id = $1", [id, JSON.stringify(parts)]);
  for (const dataClass of ["narrative", `narrative for ${idOf("imani")}`]) {
    await put([{ ...own, class: dataClass }, forAll]);
    expect(await texts("imani")).toEqual([shared]);
  }
  await put([own, forAll]);
  expect(await texts("amina")).toEqual([mine, shared]);
});

test("is taken back by its author, and shows to her no more", async () => {
  const { body } = await get("amina", "/notes");
  const { id: note } = body.items.find(({ authorOnly }: { authorOnly: boolean }) => authorOnly);
  const retract = (who: string) => system.post(who, `/v1/cases/${id}/retract-note`, { note, reason: "SheAskedForIt" });
  expect((await retract("baraka")).body.code).toBe("NotTheAuthor");
  position = (await retract("amina")).body.position;
  expect(await texts("amina")).toEqual([shared]);
});
