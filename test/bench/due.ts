import { randomUUID } from "node:crypto";
import type { Pool } from "pg";
import { consentExpiry } from "#cases/consent/expiry.policy.js";
import { dues, views } from "#domain/domain.js";
import { openPool } from "#platform/postgres/postgres.js";
import { tableOf } from "#projection/declare/columns.js";
import { migrate, readModels } from "#projection/declare/migrations.js";
import { AskingDue } from "#projection/run/due-dates.js";
import { createDatabase } from "../support/postgres.js";
import { median, report } from "./measure.js";

const few = 1_000;
const many = 100_000;
/** How many have come each time it is looked. */
const fallen = 50;
const rounds = 60;
const beginning = Date.parse("2026-01-01T00:00:00Z");
const minute = 60_000;

const { table } = tableOf(consentExpiry.view.row);

/** A table of dates, so many yet to come, of which `fallen` come each minute, and as many that have been asked for and that nothing settled. */
async function tableOfDates(count: number): Promise<Pool> {
  const url = await createDatabase();
  const source = await readModels(url, views).initialize();
  await migrate(source, views, 1);
  await source.destroy();
  const pool = openPool(url);
  await pool.query(
    `insert into "${table}" (id, record, key, at, imported, told, position)
     select gen_random_uuid()::text, gen_random_uuid()::text, i::text, to_timestamp($1::float8 + (i / ${fallen} + 1) * 60), null, 0, 1
     from generate_series(0, $2::int - 1) as i`,
    [beginning / 1_000, count],
  );
  await pool.query(
    `with past as (insert into "${table}" (id, record, key, at, imported, told, position)
       select gen_random_uuid()::text, gen_random_uuid()::text, i::text, to_timestamp($1::float8 - i * 60), null, 0, 1
       from generate_series(1, $2::int) as i returning id, at)
     insert into due_asked (name, id, at) select $3, id, at from past`,
    [beginning / 1_000, count, consentExpiry.name],
  );
  await pool.query("vacuum analyze due_asked");
  await pool.query(`vacuum analyze "${table}"`);
  return pool;
}

/** Asks what has come, minute by minute; answers how long each round took, milliseconds. The changes themselves cost nothing here. */
async function roundsOver(pool: Pool): Promise<number[]> {
  let now = beginning;
  let asked = 0;
  const changes = {
    clock: () => new Date(now),
    apply: async () => {
      asked++;
      return { id: randomUUID(), revision: 0n, position: null };
    },
  };
  const asking = new AskingDue({ pool, changes, dues, isOpen: async () => false, observer: { interrupted: () => undefined } });
  // The first look of a program is at all dates.
  await asking.round();
  const times: number[] = [];
  for (let round = 0; round < rounds; round++) {
    now += minute;
    const begun = performance.now();
    await asking.round();
    times.push(performance.now() - begun);
  }
  if (asked !== rounds * fallen) throw new Error(`${asked} of ${rounds * fallen} dates were asked for`);
  return times;
}

/** What it costs to ask for what has come, where a thousand dates wait and where a hundred thousand do, in turns in one run. */
export async function due(): Promise<void> {
  const times = { few: [] as number[], many: [] as number[] };
  for (let turn = 0; turn < 5; turn++)
    for (const [name, count] of [
      ["few", fallen * rounds + few],
      ["many", fallen * rounds + many],
    ] as const) {
      const pool = await tableOfDates(count);
      times[name].push(...(await roundsOver(pool)));
      await pool.end();
    }
  const [ofFew, ofMany] = [median(times.few), median(times.many)];
  report(
    "due",
    [
      { what: `a look, ${fallen} asked for, of ${few}, ms`, p50: ofFew.toFixed(2) },
      { what: `a look, ${fallen} asked for, of ${many}, ms`, p50: ofMany.toFixed(2) },
    ],
    { "many / few (limit 1.3)": ofMany / ofFew },
  );
}
