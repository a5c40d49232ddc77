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
const beds = ["A-1", "A-2"] as const;
const slept = fc.record({ at: time, bed: fc.constantFrom(...beds), overflow: fc.boolean() });
const stay = fc.record({
  // The first is where she was admitted; the others, moves, may be told of times after she had left.
  slept: fc
    .uniqueArray(slept, { minLength: 1, maxLength: 3, selector: ({ at }) => at })
    .map((all) => all.toSorted((one, other) => one.at - other.at)),
  dischargedAt: fc.option(time),
  elsewhere: fc.integer({ min: 0, max: 4 }),
});
const kinds = fc.dictionary(fc.constantFrom(...beds), fc.constantFrom("YearRound", "Overflow"));
const capacity = fc.record({ since: time, beds: fc.integer({ min: 0, max: 9 }), kinds });

const instant = (at: number): string => new Date(at).toISOString();
const moments = (times: readonly (number | null)[]) => times.map((each) => each && instant(each));

test("whoever came before a night ended and had not left by then slept there, in the bed of then, of the kind it was then", () =>
  fc.assert(
    fc.asyncProperty(
      fc.array(stay, { maxLength: 12 }),
      fc.uniqueArray(capacity, { maxLength: 3, selector: ({ since }) => since }),
      fc.nat({ max: days.length - 1 }),
      fc.nat({ max: days.length - 1 }),
      time,
      async (stays, capacities, one, another, now) => {
        await client.query("truncate stay, capacity");
        const at = stays.map(({ elsewhere }) => (elsewhere === 0 ? other : shelter));
        await client.query(
          `insert into stay (id, shelter, case_id, bed, category, overflow, admitted_at, discharged_at, moved, beds, since, position)
           select gen_random_uuid(), shelter, gen_random_uuid(), beds -> 0 ->> 'bed', 'Women', (beds -> 0 ->> 'overflow')::boolean,
             (beds -> 0 ->> 'at')::timestamptz, discharged_at, jsonb_array_length(beds) > 1, beds, '{}', 1
           from unnest($1::uuid[], $2::jsonb[], $3::timestamptz[]) as each (shelter, beds, discharged_at)`,
          [
            at,
            stays.map((each) => JSON.stringify(each.slept.map((bed) => ({ ...bed, at: instant(bed.at) })))),
            moments(stays.map((each) => each.dischargedAt)),
          ],
        );
        await client.query(
          `insert into capacity (id, shelter, since, beds, overflow_beds, kinds, position)
           select gen_random_uuid()::text, $1, since, beds, 0, kinds, 1
           from unnest($2::timestamptz[], $3::integer[], $4::jsonb[]) as each (since, beds, kinds)`,
          [
            shelter,
            moments(capacities.map(({ since }) => since)),
            capacities.map((each) => each.beds),
            capacities.map((each) => JSON.stringify(each.kinds)),
          ],
        );
        const [from, to] = [Math.min(one, another), Math.max(one, another)];
        const times = { now: instant(now), zone: "Africa/Dar_es_Salaam" };
        const { text, values } = occupancyStatement(shelter, { from: days[from]!, to: days[to]! }, times);
        const { rows } = await client.query(text, [...values]);

        const nights = days.slice(from, to + 1).flatMap((night, index) => {
          const ends = begin + (from + index + 1) * 24 * hour;
          if (ends > now) return [];
          const known = capacities.filter(({ since }) => since < ends).toSorted((first, second) => second.since - first.since)[0];
          const present = stays.filter(
            ({ slept: [first], dischargedAt }, which) =>
              at[which] === shelter && first!.at < ends && (dischargedAt === null || (dischargedAt >= ends && dischargedAt > first!.at)),
          );
          const last = present.map((each) => each.slept.findLast((bed) => bed.at < ends)!);
          const overflow = last.filter((each) => (known?.kinds[each.bed] ? known.kinds[each.bed] === "Overflow" : each.overflow)).length;
          return [{ night, beds: known?.beds ?? 0, occupied: present.length, overflow }];
        });
        expect(rows).toEqual(nights);
      },
    ),
    { numRuns: 100 },
  ));

test("the nights are those of the place", async () => {
  await client.query("truncate stay, capacity");
  await client.query(
    `insert into stay (id, shelter, case_id, bed, category, overflow, admitted_at, discharged_at, moved, beds, since, position)
     values (gen_random_uuid(), $1, gen_random_uuid(), 'A-1', 'Women', false, '2026-03-01T22:00:00Z', '2026-03-02T22:00:00Z', false, '[]', '{}', 1)`,
    [shelter],
  );
  const occupied = async (zone: string) => {
    const times = { now: "2026-04-01T00:00:00.000Z", zone };
    const { text, values } = occupancyStatement(shelter, { from: "2026-03-01", to: "2026-03-03" }, times);
    return (await client.query<{ occupied: number }>(text, [...values])).rows.map((night) => night.occupied);
  };
  expect(await occupied("Africa/Dar_es_Salaam")).toEqual([0, 1, 0]);
  expect(await occupied("Africa/Dakar")).toEqual([1, 0, 0]);
});
