import { randomUUID } from "node:crypto";
import type { Pool } from "pg";
import { sweepDrafts } from "#api/drafts/sealing.js";
import { DraftStore } from "#api/drafts/draft-store.js";
import { openPool } from "#platform/postgres/postgres.js";
import { keyFromFile } from "#seal/key-encryption-key.js";
import { openSeal, type Seal } from "#seal/seal.js";
import { System, type Reply } from "../support/system.js";
import { caseWithConsent } from "./journey.js";

const system = new System();
let pool: Pool;
let seal: Seal;
let id: string;
beforeAll(async () => {
  await system.start();
  const { DATABASE_URL, KEYRING_URL, KEY_FILE } = system.environment as Record<string, string>;
  pool = openPool(DATABASE_URL!);
  seal = await openSeal({ keyringUrl: KEYRING_URL!, key: await keyFromFile(KEY_FILE!) });
  id = await caseWithConsent(system);
}, 120_000);
afterAll(async () => {
  await Promise.all([pool.end(), seal.close()]);
  await system.stop();
}, 60_000);

const note = (text: string, record = id) => ({ operation: "addNote", record, body: { narrative: text } });
const keep = (draft: string, sent: object, who = "amina", revision?: number): Promise<Reply> =>
  system.post(who, `/v1/drafts/${draft}/keep-draft`, sent, revision === undefined ? {} : { "if-match": `"${revision}"` });
const read = (draft: string, who = "amina") => system.get(who, `/v1/drafts/${draft}`);
const idsOf = async (who = "amina", filters = "") =>
  (await system.get(who, `/v1/drafts${filters}`)).body.map(({ id: each }: { id: string }) => each);
const send = (body: object, reference: string, who = "amina") => system.post(who, `/v1/cases/${id}/add-note`, body, { draft: reference });

test("what is typed and not sent is there again after the api was killed, as far as it was answered", async () => {
  const [draft, another] = [randomUUID(), randomUUID()];
  expect((await keep(draft, note("Invented beginning"))).status).toBe(200);
  expect((await keep(draft, note("Invented beginning, and more"), "amina", 1)).body).toMatchObject({ revision: 2, operation: "addNote" });
  const begun = { operation: "openCase", body: { region: "Kigoma", immediateNeeds: "Invented needs" } };
  expect((await keep(another, begun)).status).toBe(200);
  await system.killApi();
  await system.restartApi();
  const { status, body, headers } = await read(draft);
  expect([status, body.body, body.record, headers.get("etag")]).toEqual([200, { narrative: "Invented beginning, and more" }, id, '"2"']);
  expect(Date.parse(body.expiresAt) - Date.parse(body.changedAt)).toBe(90 * 86_400_000);
  expect((await read(another)).body).toMatchObject({ record: null, body: begun.body });
  expect(await idsOf()).toEqual(expect.arrayContaining([draft, another]));
  expect(await idsOf("amina", `?record=${id}&operation=addNote`)).toEqual([draft]);
  const { body: graphql } = await system.graphql(
    "amina",
    `{ draft(id: "${draft}") { body } drafts(where: { record: "${id}" }) { id body } }`,
  );
  expect(graphql.data).toEqual({ draft: { body: { narrative: "Invented beginning, and more" } }, drafts: [{ id: draft, body: null }] });
}, 60_000);

test("two windows overwrite nothing of each other's: both texts are kept, also where one is sent again", async () => {
  const draft = randomUUID();
  await keep(draft, note("From the first window"));
  expect((await keep(draft, note("From the first window"))).body.revision).toBe(1);
  expect((await keep(draft, note("More from the first"), "amina", 1)).body.revision).toBe(2);
  // Its answer was lost, and it comes again.
  expect((await keep(draft, note("More from the first"), "amina", 1)).body.revision).toBe(2);
  const conflict = await keep(draft, note("From the second window"), "amina", 1);
  expect([conflict.status, conflict.body.code, conflict.body.reasons.revision]).toEqual([409, "DraftConflict", 2]);
  const { keptAs } = conflict.body.reasons;
  expect((await read(draft)).body.body).toEqual({ narrative: "More from the first" });
  expect((await read(keptAs)).body.body).toEqual({ narrative: "From the second window" });
  expect((await keep(draft, note("From the second window"), "amina", 1)).body.reasons.keptAs).toBe(keptAs);
  const mutation = `mutation { keepDraft(id: "${draft}", revision: 1, input: { operation: "addNote", record: "${id}", body: { narrative: "Third" } }) { id } }`;
  expect((await system.graphql("amina", mutation)).body.errors[0].extensions.code).toBe("DraftConflict");
});

test("is nobody else's: to anybody else there is none, by any way", async () => {
  const draft = randomUUID();
  await keep(draft, note("Invented"));
  for (const who of ["imani", "baraka", "rehema"]) {
    expect((await read(draft, who)).status).toBe(404);
    expect((await system.post(who, `/v1/drafts/${draft}/discard-draft`)).status).toBe(404);
    expect(await idsOf(who)).toEqual([]);
  }
  // Whoever names hers so learns nothing of it, and overwrites nothing.
  expect((await keep(draft, { operation: "openCase", body: {} }, "baraka")).body.revision).toBe(1);
  expect((await read(draft)).body.body).toEqual({ narrative: "Invented" });
});

test("is hers while she may still do it, and not after", async () => {
  const other = await caseWithConsent(system);
  const draft = randomUUID();
  await system.post("amina", `/v1/cases/${other}/assign-worker`, { worker: await idOf("baraka"), role: "CaseWorker" });
  expect((await keep(draft, note("Invented", other), "baraka")).status).toBe(200);
  expect((await keep(randomUUID(), note("Invented"), "baraka")).status).toBe(404);
  expect((await system.post("amina", `/v1/cases/${other}/remove-worker`, { worker: await idOf("baraka"), reason: "Other" })).status).toBe(
    200,
  );
  expect((await read(draft, "baraka")).status).toBe(404);
  expect(await idsOf("baraka")).not.toContain(draft);
});

test("holds fields of that change alone, such as she may write, and not too much", async () => {
  const refused = async (sent: object, who = "amina") => {
    const { status, body } = await keep(randomUUID(), sent, who);
    return [status, body.code];
  };
  expect(await refused({ ...note("x"), operation: "noSuchChange" })).toEqual([400, "RequestMalformed"]);
  expect(await refused({ operation: "addNote", body: {} })).toEqual([400, "RequestMalformed"]);
  expect(await refused({ ...note("x"), operation: "openCase" })).toEqual([400, "RequestMalformed"]);
  expect(await refused({ ...note("x"), body: { narrative: "x", phone: "y" } })).toEqual([400, "RequestInvalid"]);
  expect(await refused({ ...note("x"), body: { health: "x" } })).toEqual([403, "FieldNotAllowed"]);
  const most = "x".repeat(20_000);
  const classes = { narrative: most, legal: most, safety: most };
  expect((await keep(randomUUID(), { ...note(""), body: classes })).status).toBe(200);
  expect(await refused({ operation: "openCase", body: Object.fromEntries(textsOfOpening.map((name) => [name, most])) })).toEqual([
    ...[413, "DraftTooLarge"],
  ]);
});
const textsOfOpening = ["source", "urgency", "region", "sex", "immediateNeeds", "ageBand"];

test("is gone when it was sent, kept when that was refused, and kept where more was written since", async () => {
  const draft = randomUUID();
  await keep(draft, note("Invented"));
  expect((await send({ narrative: "One", safety: "Two" }, `${draft}/1`)).body.code).toBe("OneNoteAtATime");
  expect((await read(draft)).status).toBe(200);
  await keep(draft, note("Invented, and more"), "amina", 1);
  expect((await send({ narrative: "Invented" }, `${draft}/1`)).status).toBe(200);
  expect((await read(draft)).body.body).toEqual({ narrative: "Invented, and more" });
  expect((await send({ narrative: "Invented" }, "no reference")).status).toBe(400);
  const mutation = `mutation { addNote(id: "${id}", input: { narrative: "Invented, and more" }, draft: "${draft}/2") { revision } }`;
  expect((await system.graphql("amina", mutation)).body.errors).toBeUndefined();
  expect((await read(draft)).status).toBe(404);
  // Another window, which knows nothing of it, keeps what it has.
  const late = await keep(draft, note("Invented, and more, and still more"), "amina", 2);
  expect([late.status, late.body.code, late.body.reasons.revision]).toEqual([409, "DraftConflict", null]);
  expect((await read(late.body.reasons.keptAs)).status).toBe(200);
});

test("is removed when its author says so, when nobody has touched it for ninety days, and with the person it is about", async () => {
  const [discarded, old, about, own] = [randomUUID(), randomUUID(), randomUUID(), randomUUID()];
  await keep(discarded, note("Invented"));
  expect((await system.post("amina", `/v1/drafts/${discarded}/discard-draft`)).status).toBe(200);
  expect((await read(discarded)).status).toBe(404);
  const hers = await caseWithConsent(system, { immediateNeeds: "Invented needs" });
  await keep(old, note("Invented"));
  await keep(about, note("Invented", hers));
  await keep(own, { operation: "openCase", body: { region: "Kigoma" } });
  await pool.query("update drafts.draft set changed_at = now() - interval '91 days' where id = $1", [old]);
  expect((await read(old)).status).toBe(404);
  const { rows } = await pool.query<{ subject: string }>("select subject from drafts.draft where id = $1", [about]);
  await seal.destroy(rows[0]!.subject, { reason: "retention-ended", authorisedBy: ["dpo-1", "supervisor-1"] });
  expect(await idsOf()).not.toContain(about);
  await sweepDrafts(new DraftStore(pool), seal);
  const { rows: left } = await pool.query<{ id: string }>("select id from drafts.draft where id = any($1)", [[old, about, own]]);
  expect(left).toEqual([{ id: own }]);
  expect((await read(about)).status).toBe(404);
  expect((await keep(about, note("Invented", hers))).body.code).toBe("SubjectErased");
});

test("nobody who reads the tables reads a word of it, or makes it open elsewhere", async () => {
  const [draft, other] = [randomUUID(), randomUUID()];
  const words = "Canary in a draft";
  await keep(draft, note(words));
  await keep(other, note("Invented"));
  const { rows } = await pool.query<{ all: string }>("select string_agg(draft::text, ' ') as all from drafts.draft");
  expect(rows[0]!.all).toContain(draft);
  expect(rows[0]!.all).not.toMatch(/canary|invented/i);
  await pool.query("update drafts.draft set author = $2 where id = $1", [draft, await idOf("imani")]);
  expect((await read(draft, "imani")).status).not.toBe(200);
});

test("somebody keeps so many, and no more", async () => {
  await pool.query(
    `insert into drafts.draft select author, gen_random_uuid(), operation, record, subject, revision, digest, sealed, changed_at
     from (select * from drafts.draft where author = $1 limit 1) as one, generate_series(1, 200)`,
    [await idOf("amina")],
  );
  const { status, body } = await keep(randomUUID(), note("One more"));
  expect([status, body.code, body.reasons]).toEqual([409, "TooManyDrafts", { most: 200 }]);
});

async function idOf(username: string): Promise<string> {
  return (await system.get(username, "/v1/me")).body.id;
}
