import { Field, Float, Int, ObjectType } from "@nestjs/graphql";
import { ApiProperty } from "@nestjs/swagger";
import { may } from "#access/decide.js";
import type { ProtectedRecord } from "#access/record.js";
import { Described } from "#kernel/described.js";
import type { Times } from "#kernel/kernel.js";
import { houseReader } from "#api/access/reader.js";
import type { Call, Operation } from "#api/operations/operation.js";
import { consistent } from "#api/reads/reads.js";
import { malformed } from "#platform/http/problem.js";
import { IsDay } from "#platform/values/time.js";
import { span } from "#projection/declare/indexes.js";
import { ask, type Statement } from "#projection/read/reading.js";
import { capacityView } from "../capacity/capacity.view.js";
import { stayView } from "./stay.view.js";

/** One night of a shelter: who slept there when the day ended, by local time. */
@ObjectType("Night")
export class Night {
  @Field({ description: "The day on which the night began" }) @ApiProperty({ format: "date" }) night!: string;
  @Field(() => Int, { description: "Beds the shelter had, overflow left out" }) @ApiProperty({ type: "integer" }) beds!: number;
  @Field(() => Int, { description: "People who slept there" }) @ApiProperty({ type: "integer" }) occupied!: number;
  @Field(() => Int, { description: "Of these, in overflow beds" }) @ApiProperty({ type: "integer" }) overflow!: number;
  @Field(() => Float, { nullable: true, description: "occupied / beds" }) @ApiProperty({ type: Number, nullable: true }) rate!:
    number | null;
}

export class Nights {
  @Described("The first night") @IsDay() from!: string;
  @Described("The last night") @IsDay() to!: string;
}

/** The local day of a time, and the time when a local day begins. */
const day = (time: string): string => `(${time} at time zone $4)::date`;
const begin = (date: string): string => `((${date})::timestamp at time zone $4)`;
const mostNights = 400;
/**
 * Whoever came by a night's end and left after it slept there: arrivals and departures are summed, so that no night is held against every
 * stay. A stay is cut where she moved, and where her bed became another kind of bed. A night that has not ended is not told.
 */
const text = `
  with whole as materialized (
    select id, bed, overflow, moved, admitted_at, discharged_at from stay
    where shelter = $1 and ${span("admitted_at", "discharged_at")} && tstzrange(${begin("$2::date")}, ${begin("$3::date + 1")})
  ), slept as (
    select bed, overflow, admitted_at as since, discharged_at as until from whole where not moved
    union all
    select told ->> 'bed', (told ->> 'overflow')::boolean, (told ->> 'at')::timestamptz,
      least(lead((told ->> 'at')::timestamptz) over (partition by whole.id order by place), discharged_at)
    from whole
      cross join lateral (select beds from stay where stay.id = whole.id offset 0) as full_row
      cross join lateral jsonb_array_elements(beds) with ordinality as each (told, place)
    where moved
  ), kind as materialized (
    select since, lead(since) over (order by since, position) as until, beds, kinds from (
      select '-infinity'::timestamptz as since, 0 as beds, '{}'::jsonb as kinds, 0 as position
      union all select since, beds, kinds, position from capacity where shelter = $1 and since < ${begin("$3::date + 1")}
    ) as known
  ), here as (
    select coalesce(kinds ->> bed = 'Overflow', overflow)::int as overflow,
      ${day("greatest(slept.since, kind.since)")} as came, ${day("least(slept.until, kind.until)")} as went
    from slept join kind on kind.since < coalesce(slept.until, 'infinity') and coalesce(kind.until, 'infinity') > slept.since
    where slept.since < coalesce(slept.until, 'infinity')
  ), step as (
    select greatest(came, $2::date) as night, 1 as people, overflow from here where came <= $3::date and coalesce(went, $2::date) >= $2::date
    union all select went, -1, -overflow from here where went between $2::date and $3::date
    union all select each::date, 0, 0 from generate_series($2::date, $3::date, interval '1 day') as each
  ), night as (
    select night, sum(sum(people)) over w as occupied, sum(sum(overflow)) over w as overflow
    from step group by night window w as (order by night)
  )
  select to_char(night, 'YYYY-MM-DD') as night, beds, occupied::int, overflow::int
  from night join kind on since < ${begin("night + 1")} and coalesce(until, 'infinity') >= ${begin("night + 1")}
  where ${begin("night + 1")} <= $5::timestamptz
  order by 1`;

/** The nights of a shelter that have ended by now, by the days of a zone. */
export const occupancyStatement = (shelter: string, { from, to }: Nights, { now, zone }: Pick<Times, "now" | "zone">): Statement => ({
  name: "occupancy",
  text,
  values: [shelter, from, to, zone, now],
});

/** Occupancy by night, for any past period. */
export const occupancyOf = (about: ProtectedRecord): Operation => ({
  name: "shelterOccupancy",
  kind: "query",
  path: "/shelters/{id}/occupancy",
  summary: "occupancy by night",
  tag: "shelters",
  input: Nights,
  returns: Night,
  list: true,
  permission: may("read", "capacity", "ShelterManagement", "Accommodation", "CaseManagement", "Oversight"),
  about,
  async run(call: Call) {
    const { from, to } = call.input as Nights;
    const nights = (Date.parse(to) - Date.parse(from)) / 86_400_000 + 1;
    if (!(nights >= 1 && nights <= mostNights)) throw malformed("to", `a day from \`from\` on, at most ${mostNights} nights`);
    await consistent(call, stayView, capacityView);
    const { clock, zone } = call.services.changes;
    const times = { now: clock().toISOString(), zone };
    const { reading, standings } = call.services;
    const reader = houseReader(standings.relations, call.id);
    const rows = await ask<Omit<Night, "rate">>(reading, occupancyStatement(call.id, { from, to }, times), reader);
    return { body: rows.map((row) => ({ ...row, rate: row.beds > 0 ? row.occupied / row.beds : null })) };
  },
});
