import { Pool } from "pg";
import type { SealedPart } from "#seal/sealed.js";
import { assign, consent, findings, shelterWith, woman } from "../journeys/journey.js";
import { System } from "../support/system.js";

const system = new System();
let pool: Pool;
let told: string;
let other: string;
beforeAll(async () => {
  await system.start();
  pool = new Pool({ connectionString: system.environment["DATABASE_URL"]! });
  told = await toldCase("Examplina");
  other = await toldCase("Examplisia");
}, 120_000);
afterAll(async () => {
  await pool.end();
  await system.stop();
}, 60_000);

/** A case with a name, an account and a perpetrator, as the view shows it. Answers its id. */
async function toldCase(givenName: string): Promise<string> {
  const { body } = await system.post("amina", "/v1/cases/open-case", woman);
  const at = `/v1/cases/${body.id}`;
  await system.post("amina", `${at}/give-consent`, consent);
  await system.post("amina", `${at}/record-identity`, { givenName, citizenships: [], languages: [] });
  await system.post("amina", `${at}/start-screening`, { formVersion: 1 });
  const perpetrator = `An invented perpetrator of ${givenName}`;
  const last = await system.post("amina", `${at}/complete-screening`, { ...findings, perpetrator });
  expect(last.status).toBe(200);
  for (const username of ["khadija", "musa"]) await assign(system, body.id, username);
  await system.get("musa", at, { "consistent-after": last.body.position });
  return body.id;
}

/** In which table a column is. */
const tableOf = (column: string): string => (column === "identity" ? "case_person" : "case_screening");
const part = async (id: string, column: string): Promise<SealedPart> =>
  (await pool.query<{ part: SealedPart }>(`select "${column}" as part from ${tableOf(column)} where id = $1`, [id])).rows[0]!.part;
/** Puts this into a column for as long as `work` takes. */
async function withPart(id: string, column: string, there: unknown, work: () => Promise<void>, table = tableOf(column)): Promise<void> {
  const { rows } = await pool.query<{ before: unknown }>(`select "${column}" as before from "${table}" where id = $1`, [id]);
  const put = (value: unknown) => pool.query(`update "${table}" set "${column}" = $2 where id = $1`, [id, JSON.stringify(value)]);
  await put(there);
  try {
    await work();
  } finally {
    await put(rows[0]!.before);
  }
}
const disclosuresOf = async (id: string): Promise<number> => {
  const { body } = await system.get("rehema", `/v1/cases/${id}/access?first=200`);
  return (body.items as { type: string }[]).filter(({ type }) => type === "PersonalDataDisclosed").length;
};
const alarms = async (table: string, column: string): Promise<number> => {
  const text = await (await fetch(`${system.base}/metrics`)).text();
  return Number(new RegExp(`^sealed_parts_refused_total\\{table="${table}",column="${column}"\\} (\\d+)`, "m").exec(text)?.[1] ?? 0);
};

/** Where a part was moved to `identity` of the one case from, and what it is made to say of itself. */
const moved: readonly (readonly [string, () => Promise<unknown>])[] = [
  ["another person's perpetrator", () => part(other, "perpetrator")],
  ["another person's name", () => part(other, "identity")],
  ["her own perpetrator", () => part(told, "perpetrator")],
  ["her own perpetrator, said to be her name", async () => ({ ...(await part(told, "perpetrator")), class: "identity" })],
  [
    "another person's name, said to be hers",
    async () => {
      const [{ stream, subject }, theirs] = [await part(told, "identity"), await part(other, "identity")];
      return { ...theirs, stream, subject };
    },
  ],
  ["her own name, of another fact", async () => ({ ...(await part(told, "identity")), event: (await part(told, "account")).event })],
  ["a changed box", async () => ({ ...(await part(told, "identity")), sealed: (await part(other, "identity")).sealed })],
  ["no box at all", async () => ({ ...(await part(told, "identity")), sealed: 7 })],
  ["a text", async () => "Examplina"],
];

test.each(moved)("in the place of a name, %s is not opened, and somebody is told", async (_, there) => {
  await withPart(told, "identity", await there(), async () => {
    const before = await alarms("case_person", "identity");
    const byRest = await system.get("khadija", `/v1/cases/${told}`);
    expect([byRest.status, byRest.body.person.identity]).toEqual([200, null]);
    const byGraphql = await system.graphql("khadija", `{ case(id: "${told}") { person { identity { givenName } } } }`);
    expect(byGraphql.body).toEqual({ data: { case: { person: { identity: null } } } });
    expect(JSON.stringify([byRest.body, byGraphql.body])).not.toMatch(/Exampl|invented/i);
    expect(await alarms("case_person", "identity")).toBe(before + 2);
  });
  expect((await system.get("khadija", `/v1/cases/${told}`)).body.person.identity).toEqual({ givenName: "Examplina" });
});

test("what lies where it does not belong keeps nothing else closed, and is on record as shown to nobody", async () => {
  const before = await disclosuresOf(told);
  await withPart(told, "identity", await part(other, "perpetrator"), async () => {
    await system.get("khadija", `/v1/cases/${told}`);
    expect(await disclosuresOf(told)).toBe(before);
    const file = await system.get("amina", `/v1/cases/${told}`);
    expect(file.body).toMatchObject({ person: { identity: null }, screening: { account: { account: findings.account } } });
    const { body } = await system.get("rehema", `/v1/cases/${told}/access?first=200`);
    expect(body.items.at(-1).data.classes).toEqual(["narrative", "perpetrator"]);
  });
});

test("the address of one shelter is not opened in another's row, nor as somebody's name", async () => {
  const here = await shelterWith(system, []);
  const there = await system.post("faraji", "/v1/shelters/register-shelter", {
    code: "KAG-1",
    region: "Kagera",
    address: "Invented road 9",
  });
  await system.get("imani", `/v1/shelters/${there.body.id}`, { "consistent-after": there.body.position });
  const { rows } = await pool.query<{ location: SealedPart }>("select location from shelter where id = $1", [there.body.id]);
  const address = rows[0]!.location;
  const show = async () => (await system.get("esther", `/v1/shelters/${here}`)).body.location;
  expect(await show()).toEqual({ address: "Invented street 1" });
  await withPart(here, "location", address, async () => expect(await show()).toBeNull(), "shelter");
  expect(await alarms("shelter", "location")).toBe(1);
  await withPart(told, "identity", address, async () => {
    expect((await system.get("khadija", `/v1/cases/${told}`)).body.person.identity).toBeNull();
  });
});
