import { Client } from "pg";
import { caseWithConsent, eventually, shelterWith } from "../journeys/journey.js";
import { System } from "../support/system.js";

const system = new System();
beforeAll(() => system.start(), 120_000);
afterAll(() => system.stop(), 60_000);

/** Every row of every table, as text; bytes as the text they hold. */
async function dump(url: string): Promise<string> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    const { rows: tables } = await client.query<{ name: string }>("select tablename as name from pg_tables where schemaname = 'public'");
    const all: unknown[] = [];
    for (const { name } of tables) all.push(...(await client.query(`select * from "${name}"`)).rows);
    return JSON.stringify(
      all.map((row) => Object.values(row as object).map((value) => (Buffer.isBuffer(value) ? value.toString("utf8") : value))),
    );
  } finally {
    await client.end();
  }
}

test("no name, phone, address or told word stands in the event store's or the read models' tables", async () => {
  const words = ["Canarina", "Nightingale-Canary", "+255700000042", "canary told this", "Canary street"];
  const shelter = await shelterWith(system, []);
  const other = await system.post("faraji", "/v1/shelters/register-shelter", { code: "KAG-1", region: "Kagera", address: words[4] });
  expect(other.status).toBe(201);
  const id = await caseWithConsent(system, { immediateNeeds: words[3] });
  await system.post("amina", `/v1/cases/${id}/record-identity`, {
    givenName: words[0],
    familyName: words[1],
    citizenships: ["TZ"],
    languages: ["sw"],
  });
  const told = await system.post("amina", `/v1/cases/${id}/record-contact`, { phone: words[2] });
  const file = await system.get("amina", `/v1/cases/${id}`, { "consistent-after": told.body.position });
  expect(file.body).toMatchObject({ person: { identity: { givenName: words[0] }, contact: { phone: words[2] } } });
  await eventually(
    () => dump(system.environment["DATABASE_URL"]!),
    (text) => text.includes(id),
  );
  for (const url of [system.environment["EVENTS_URL"]!, system.environment["DATABASE_URL"]!, system.environment["KEYRING_URL"]!]) {
    const text = await dump(url);
    for (const word of words) expect(text).not.toContain(word);
  }
  expect(await dump(system.environment["EVENTS_URL"]!)).toContain(shelter);
});
