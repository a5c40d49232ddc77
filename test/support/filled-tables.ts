import { createHash } from "node:crypto";
import type { Client } from "pg";
import { views } from "#domain/domain.js";
import { tableOf, type ViewColumn } from "#projection/declare/columns.js";
import type { SealedPart } from "#seal/sealed.js";

/** Years that the cases lie apart, how long a stay lasts on average, and how many cases a shelter has had. */
const years = 6;
const daysOfStay = 60;
const casesPerShelter = 2_500;
/** Cases in whose team somebody is, and organisations of a country. */
const casesPerWorker = 40;
const organisations = 3;
export const regions = ["Kigoma", "Kagera", "Mwanza", "DarEsSalaam"];
/** Sealed parts of a case. */
export type Boxes = Readonly<Record<"identity" | "contact" | "account", SealedPart | null>>;
const unsealed: Boxes = { identity: null, contact: null, account: null };

/** Ids are made from a number, so that everybody knows them, and are random in form and order as real ones: cases from 1, shelters from 0. */
const idOf = (kind: string, index: number): string =>
  createHash("md5")
    .update(`${kind} ${index}`)
    .digest("hex")
    .replace(/^(.{8})(.{4}).(.{3}).(.{3})/, "$1-$2-4$3-8$4-");
export const caseId = (index: number): string => idOf("case", index);
export const organisationId = (index: number): string => idOf("organisation", index);
export const shelterId = (index: number): string => idOf("shelter", index);
export const workerId = (index: number): string => idOf("worker", index);
export const sheltersOf = (cases: number): number => Math.ceil(cases / casesPerShelter);

const last = "timestamptz '2026-11-01Z'";
const chance = "hashint8(i) & 1048575";
const one = (salt: number, values: readonly string[]): string =>
  `(array[${values.map((each) => `'${each}'`).join(", ")}])[1 + (hashint8(i * 31 + ${salt}) & 1048575) % ${values.length}]`;
const id = (kind: string, index: string): string =>
  `overlay(overlay(md5('${kind} ' || (${index})) placing '4' from 13) placing '8' from 17)::uuid`;

/** The tables of the read side with so many cases, in the order of time, as a projector would have filled them in the course of years. */
function statements(cases: number, { identity, contact, account }: Boxes): string[] {
  const shelters = sheltersOf(cases);
  const shelter = id("shelter", `i % ${shelters}`);
  const opened = `date_trunc('milliseconds', ${last} - interval '1 day' * ${years * 365} * (1 - i / ${cases}::float8))`;
  const left = `date_trunc('milliseconds', opened + interval '1 day' * -${daysOfStay} * ln(1 - (${chance}) / 1048576.0))`;
  const all = `from generate_series(1, ${cases}) as i`;
  const box = (part: SealedPart | null): string => (part ? `'${JSON.stringify(part)}'::jsonb` : "null::jsonb");
  return [
    `truncate ${views.map(({ row }) => `"${tableOf(row).table}"`).join(", ")}`,
    `insert into "case" (id, stage, screened, closing, followed_up, opened_at, opened_by, age_questioned, source, urgency, region, sex, age_band, is_child, trafficking_status, exploitations, shelter,
       episode, revision, since, position)
     select ${id("case", "i")}, ${one(1, ["Draft", "Screening", "Open", "Closed", "Closed", "Closed"])}, 'Open', 'Open', false,
       ${opened}, ${id("worker", "1 + i % 500")}, i % 40 = 0, 'Police', 'Within24Hours',
       ${one(2, regions)}, ${one(3, ["Female", "Female", "Male"])}, '21-29', i % 3 = 0, ${one(4, ["ActualVictimOfTrafficking", "PossibleVictimOfTrafficking"])},
       array[${one(5, ["ForcedLabour", "Servitude", "ForcedBegging"])}], ${shelter}, 1, 20, '{}', 1 ${all}`,
    `insert into stay (id, shelter, case_id, bed, category, overflow, admitted_at, discharged_at, moved, beds, since, position)
     select ${id("stay", "i")}, ${shelter}, ${id("case", "i")}, 'A-1', 'Women', i % 50 = 0, opened,
       case when ${left} < ${last} then ${left} end, false, jsonb_build_array(jsonb_build_object('at', opened, 'bed', 'A-1', 'category', 'Women', 'overflow', i % 50 = 0)), '{}', 1 from (select i, ${opened} as opened ${all}) as arrival`,
    `insert into consent (id, case_id, purpose, recipients, data_classes, service_groups, given_by, given_at, expires_at, status, said, position)
     select ${id("consent", "i")}, ${id("case", "1 + i / 2")}, ${one(6, ["Interview", "FamilyTracing", "FollowUpContact"])}, '{}', '{identity}', '{}', 'self',
       ${opened}, ${opened} + interval '1 year', ${one(7, ["Given", "Withdrawn"])}, '[]', 1 ${all}`,
    `insert into relation_team (id, record, holder, position)
     select 'team ' || i, ${id("case", "i")}, ${id("worker", `1 + i % ${Math.ceil(cases / casesPerWorker)}`)}, 1 ${all}`,
    `insert into relation_organisation (id, record, holder, position)
     select 'organisation ' || i, ${id("case", "i")}, ${id("organisation", `i % ${organisations}`)}, 1 ${all}`,
    `insert into workload (id, cases_opened, screenings_completed, consents_recorded, closures_requested, recorded_late, last_recorded_at, position)
     select ${id("worker", "i")}, 20, 18, 60, 15, 2, ${last} - interval '1 minute' * i, 1 from generate_series(1, 2000) as i`,
    `insert into shelter (id, revision, code, region, beds_in_service, occupied, free, overflow, beds, told, present, since, position)
     select ${id("shelter", "i")}, 10, 'S-' || i, ${one(8, regions)}, 80, 60, 20, 0, '[]', '[]', '[]', '{}', 1 from generate_series(0, ${shelters - 1}) as i`,
    `insert into capacity (id, shelter, since, beds, overflow_beds, kinds, position)
     select gen_random_uuid()::text, ${shelter}, timestamptz '2020-01-01Z' + interval '1 year' * (i / ${shelters}), 80, 5, '{"A-1":"YearRound"}', 1
     from generate_series(0, ${shelters * years - 1}) as i`,
    `insert into case_person (id, languages, identity, contact, since, position)
     select ${id("case", "i")}, array['sw'], ${box(identity)}, ${box(contact)}, '{}', 1 ${all}`,
    `insert into case_screening (id, completed_at, form_version, acts, means, exploitations, methods_of_control, determinations, referrals, account, since, position)
     select ${id("case", "i")}, ${opened}, 1, '{Recruitment}', '{Deception}', '{ForcedLabour}', '{}',
       '[{"at":"2026-01-01T00:00:00.000Z","status":"ActualVictimOfTrafficking","decidedBy":"Police","basis":"Investigation"}]'::jsonb, '[]', ${box(account)}, '{}', 1 ${all}`,
    `insert into case_placement (id, current, since, position)
     select ${id("case", "i")}, jsonb_build_object('shelter', ${shelter}, 'stay', ${id("stay", "i")}), '{}', 1 ${all}`,
  ];
}

/** Rows of a view that no statement above makes: whatever its columns may hold, in a list that is long enough to need an index. */
function anyRows(row: new () => object, cases: number, rows: number): string {
  const { table, columns, concerns } = tableOf(row);
  const isOfCases = concerns?.join() === "case,id";
  const valueOf = ({ property, type, nullable, codes, sealed }: ViewColumn): string => {
    if (sealed || (nullable && type === "jsonb")) return "null::jsonb";
    if (property === "id") return id(isOfCases ? "case" : table, "i");
    if (property === "caseId") return id("case", `1 + i % ${cases}`);
    if (codes) return type === "text[]" ? `array[${one(1, codes)}]` : one(1, codes);
    return anyValues[type] ?? `'${type.endsWith("[]") ? "{}" : "1"}'::${type}`;
  };
  const names = [...columns.map(({ column }) => `"${column}"`), "position"].join(", ");
  return `insert into "${table}" (${names}) select ${columns.map(valueOf).join(", ")}, 1 from generate_series(1, ${isOfCases ? Math.min(cases, rows) : rows}) as i`;
}
const rowsOfAny = 20_000;
const anyValues: Readonly<Record<string, string>> = {
  uuid: id("record", "i % 2000"),
  text: "'text ' || i % 100",
  boolean: "i % 3 = 0",
  integer: "i % 100",
  timestamptz: `${last} - interval '1 minute' * i`,
  jsonb: "'{}'::jsonb",
};

/** The tables that are filled by hand, as they would be in the course of years. */
const byHand = [
  ...["case", "case_person", "case_screening", "case_placement", "consent", "workload", "shelter", "stay", "capacity"],
  ...["relation_team", "relation_organisation"],
];

/** Fills the tables, whatever was in them; everybody's sealed parts are these, which open for nobody. `rows`: of each table that is not filled by hand. */
export async function fill(client: Client, cases: number, boxes = unsealed, rows = rowsOfAny): Promise<void> {
  for (const text of statements(cases, boxes)) await client.query(text);
  for (const { row } of views) if (!byHand.includes(tableOf(row).table)) await client.query(anyRows(row, cases, rows));
  await client.query("vacuum analyze");
  await client.query("checkpoint");
}
