import { randomUUID } from "node:crypto";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { Client } from "pg";
import { houseOf } from "../access/houses.js";
import { eventually } from "../journeys/journey.js";
import { System } from "../support/system.js";
import { allTexts, CanaryPeople, marks } from "./canaries.js";
import { filesWith, tracesIn } from "./traces.js";

// Whatever is told of people in words, in every change there is, is looked for wherever anything is kept.

const system = new System({ keepLogs: true });
const people = new CanaryPeople(system);
let house: Awaited<ReturnType<typeof houseOf>>;
beforeAll(async () => {
  await system.start({ LOG_LEVEL: "debug" });
  house = await houseOf(people, "CAN-1");
  await inOtherWords();
  await notSentYet();
}, 180_000);
afterAll(() => system.stop(), 60_000);

/** What the stories leave out. */
async function inOtherWords(): Promise<void> {
  const { shelter, resident } = house;
  const say = (role: string, verb: string, body: object) => people.done({ role, shelter }, `/v1/cases/${resident}/${verb}`, body);
  const words = "Invented words";
  await say("shelter-case-manager", "record-trafficking-history-event", {
    event: "Transit",
    country: "TZ",
    date: "2020-01-01",
    description: words,
  });
  await say("nurse", "request-service", { group: "Health", healthNote: words });
  await say("psychologist", "request-service", { group: "Psychosocial", psychosocialNote: words });
  await say("lawyer", "deliver-service", { group: "Legal", legalNote: words });
  await say("shelter-case-manager", "deliver-service", { group: "Safety", note: words });
  const [administrator, staff] = [{ role: "platform-administrator" }, { name: words, email: "nobody@example.org", phone: "+255700000009" }];
  const { id, revision } = await people.done(administrator, "/v1/staff/register-staff", { ...staff, languages: ["sw"] });
  const path = `/v1/staff/${id}/correct-staff-name`;
  const corrected = await people.ask(administrator, "POST", path, people.withCanaries(path, staff), { "if-match": String(revision) });
  expect(corrected.status).toBe(200);
}

/** What somebody has written and not sent. */
async function notSentYet(): Promise<void> {
  const worker = { role: "shelter-case-manager", shelter: house.shelter };
  const [words] = marks;
  for (const draft of [
    { operation: "addNote", record: house.resident, body: { narrative: `${words} in a draft` } },
    { operation: "openCase", body: { immediateNeeds: `${words} of somebody new` } },
  ])
    await people.done(worker, `/v1/drafts/${randomUUID()}/keep-draft`, draft);
  const { body } = await people.ask(worker, "GET", "/v1/drafts");
  expect(body).toHaveLength(2);
}

const asked = async <T>(url: string, ask: (client: Client) => Promise<T>): Promise<T> => {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return await ask(client);
  } finally {
    await client.end();
  }
};
const databases = () => ["EVENTS_URL", "DATABASE_URL", "KEYRING_URL"].map((name) => system.environment[name]!);

/** Every row of every table of every schema, bytes as they are. */
const dumped = (url: string): Promise<Buffer> =>
  asked(url, async (client) => {
    const { rows } = await client.query<{ name: string }>(
      "select format('%I.%I', schemaname, tablename) as name from pg_tables where schemaname not in ('pg_catalog', 'information_schema')",
    );
    const all: Buffer[] = [];
    for (const { name } of rows)
      for (const row of (await client.query(`select * from ${name}`)).rows)
        for (const value of Object.values(row as object))
          all.push(Buffer.isBuffer(value) ? value : Buffer.from(JSON.stringify(value) ?? ""), Buffer.from("\n"));
    return Buffer.concat(all);
  });

test("every text about a person that a change takes is told in these stories", () => {
  expect(allTexts.length).toBeGreaterThan(30);
  expect(allTexts.filter((field) => !people.told.has(field))).toEqual([]);
});

test("who may see it is shown it", async () => {
  const worker = { role: "shelter-case-manager", shelter: house.shelter };
  const { body } = await eventually(
    () => people.ask(worker, "GET", `/v1/cases/${house.resident}`),
    (reply) => tracesIn(Buffer.from(JSON.stringify(reply.body)), [marks[0]]).length > 0,
  );
  expect(tracesIn(Buffer.from(JSON.stringify(body)), marks)).toEqual([...marks]);
});

test("no refusal says it back, in whatever it is refused for", async () => {
  const [worker, nurse] = [
    { role: "shelter-case-manager", shelter: house.shelter },
    { role: "nurse", shelter: house.shelter },
  ];
  const [one] = marks;
  const at = `/v1/cases/${house.resident}`;
  const draft = (body: object) => people.ask(worker, "POST", `/v1/drafts/${randomUUID()}/keep-draft`, body);
  const replies = [
    await draft({ operation: "addNote", record: house.resident, body: { health: one } }),
    await draft({ operation: "addNote", record: house.resident, body: { narrative: one, phone: one } }),
    await people.ask(worker, "POST", `${at}/record-identity`, { givenName: one.repeat(500), citizenships: [one], languages: one }),
    await people.ask(nurse, "POST", `${at}/add-note`, { narrative: one }),
    await people.ask(worker, "POST", `${at}/add-note`, { narrative: one, safety: one }),
    await people.ask(worker, "POST", `${at}/record-contact`, { phone: one, email: one }),
    await people.ask(worker, "POST", `/v1/cases/${one}/add-note`, { narrative: one }),
    await people.ask(worker, "GET", `/v1/notes?about=${one}&caseId=${one}`),
    await people.ask(worker, "POST", "/graphql", { query: `mutation { addNote(id: "${one}", input: { narrative: "${one}" }) { id } }` }),
    await people.ask(worker, "POST", "/graphql", { query: `mutation { addNote(id: "x", input: { narrative: ${one} }) { id } }` }),
    await people.ask(worker, "POST", "/graphql", {
      query: `mutation($input: AddNote!) { addNote(id: "x", input: $input) { id } }`,
      variables: { input: { [one]: 1 } },
    }),
  ];
  for (const { status, body } of replies) {
    expect(status >= 400 || body.errors !== undefined).toBe(true);
    expect(tracesIn(Buffer.from(JSON.stringify(body)), marks).map(() => JSON.stringify(body))).toEqual([]);
  }
});

test("nothing of it stands in any table", async () => {
  for (const url of databases()) {
    const dump = await dumped(url);
    expect(dump.length).toBeGreaterThan(1_000);
    expect(tracesIn(dump, marks)).toEqual([]);
  }
  expect(tracesIn(await dumped(system.environment["EVENTS_URL"]!), [house.resident])).toEqual([house.resident]);
}, 60_000);

test("nor in any file of the database, what it writes ahead among them", async () => {
  const folder = await asked(databases()[0]!, async (client) => {
    await client.query("checkpoint");
    return (await client.query<{ folder: string }>("select current_setting('data_directory') as folder")).rows[0]!.folder;
  });
  expect(filesWith(folder, [`case-${house.resident}`]).length).toBeGreaterThan(0);
  expect(filesWith(folder, marks)).toEqual([]);
}, 120_000);

test("nor in the logs, however much they say, nor in the metrics", async () => {
  const logs = Buffer.concat(system.logs!);
  expect(logs.length).toBeGreaterThan(1_000);
  expect(tracesIn(logs, marks)).toEqual([]);
  const metrics = await fetch(`${system.base}/metrics`);
  expect(metrics.status).toBe(200);
  expect(tracesIn(Buffer.from(await metrics.text()), marks)).toEqual([]);
});

test("it would be found in any form", () => {
  const folder = mkdtempSync(join(tmpdir(), "canaries-"));
  for (const [text, index] of marks.map((each, index) => [each, index] as const)) {
    const around = Buffer.from(`{"a":"xy${text}z"}`);
    const forms = [around, ...["a", "ab", "abc"].map((before) => Buffer.from(Buffer.from(`${before}${text}z`).toString("base64")))];
    forms.push(Buffer.from(around.toString("hex")), gzipSync(around), Buffer.from(around.toString(), "utf16le"));
    for (const [number, form] of forms.entries()) writeFileSync(join(folder, `${index}-${number}`), form);
    expect(forms.map((form) => tracesIn(form, marks))).toEqual(forms.map(() => [text]));
  }
  expect(filesWith(folder, marks)).toHaveLength(14);
});
