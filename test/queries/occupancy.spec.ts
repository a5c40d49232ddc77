import fc from "fast-check";
import type { Client } from "pg";
import { occupancyStatement } from "#shelters/stays/occupancy.api.js";
import { shelterId } from "../support/filled-tables.js";
import { emptyReadModels } from "../support/read-models.js";

let client: Client;
beforeAll(async () => {
  client = await emptyReadModels();
}, 60_000);
afterAll(() => client.end());

const [shelter, other] = [shelterId(1), shelterId(2)];
const hour = 3_600_000;
/** Midnight in Tanzania, which is at 21:00 UTC of the day before. */
const begin = Date.parse("2026-03-01T00:00:00+03:00");
const days = ["2026-03-01", "2026-03-02", "2026-03-03", "2026-03-04", "2026-03-05", "2026-03-06"];

/** Times around midnight, so that those who come or go at the stroke of it are among them; what was recorded wrongly ends before it begins. */
const time = fc.integer({ min: -4, max: 32 }).map((steps) => begin + steps * 6 * hour);
const stay = fc.record({
  admittedAt: time,
  dischargedAt: fc.option(time),
  overflow: fc.boolean(),
  elsewhere: fc.integer({ min: 0, max: 4 }),
});
const capacity = fc.record({ since: time, beds: fc.integer({ min: 0, max: 9 }) });

const moments = (times: readonly (number | null)[]) => times.map((each) => each && new Date(each).toISOString());

test("whoever came before a night ended and had not left by then slept there, whenever others came and left", () =>
  fc.assert(
    fc.asyncProperty(
      fc.array(stay, { maxLength: 12 }),
      fc.uniqueArray(capacity, { maxLength: 3, selector: ({ since }) => since }),
      fc.nat({ max: days.length - 1 }),
      fc.nat({ max: days.length - 1 }),
      async (stays, capacities, one, another) => {
        await client.query("truncate stay, capacity");
        const at = stays.map(({ elsewhere }) => (elsewhere === 0 ? other : shelter));
        await client.query(
          `insert into stay (id, shelter, case_id, bed, category, overflow, admitted_at, discharged_at, position)
           select gen_random_uuid(), shelter, gen_random_uuid(), 'A-1', 'Women', overflow, admitted_at, discharged_at, 1
           from unnest($1::uuid[], $2::boolean[], $3::timestamptz[], $4::timestamptz[]) as each (shelter, overflow, admitted_at, discharged_at)`,
          [
            at,
            stays.map(({ overflow }) => overflow),
            moments(stays.map((each) => each.admittedAt)),
            moments(stays.map((each) => each.dischargedAt)),
          ],
        );
        await client.query(
          `insert into capacity (id, shelter, since, beds, overflow_beds, position)
           select gen_random_uuid()::text, $1, since, beds, 0, 1 from unnest($2::timestamptz[], $3::integer[]) as each (since, beds)`,
          [shelter, moments(capacities.map(({ since }) => since)), capacities.map(({ beds }) => beds)],
        );
        const [from, to] = [Math.min(one, another), Math.max(one, another)];
        const { text, values } = occupancyStatement(shelter, { from: days[from]!, to: days[to]! });
        const { rows } = await client.query(text, [...values]);

        const nights = days.slice(from, to + 1).map((night, index) => {
          const ends = begin + (from + index + 1) * 24 * hour;
          const slept = stays.filter(
            ({ admittedAt, dischargedAt }, which) =>
              at[which] === shelter && admittedAt < ends && (dischargedAt === null || (dischargedAt >= ends && dischargedAt > admittedAt)),
          );
          const known = capacities.filter(({ since }) => since < ends).toSorted((first, second) => second.since - first.since);
          const overflow = slept.filter((each) => each.overflow).length;
          return { night, beds: known[0]?.beds ?? 0, occupied: slept.length, overflow };
        });
        expect(rows).toEqual(nights);
      },
    ),
    { numRuns: 60 },
  ));
