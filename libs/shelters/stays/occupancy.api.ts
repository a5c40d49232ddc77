import { Field, Float, Int, ObjectType } from "@nestjs/graphql";
import { ApiProperty } from "@nestjs/swagger";
import { may } from "#access/decide.js";
import type { Call, Operation } from "#api/operation.js";
import { consistent } from "#api/reads.js";
import { malformed } from "#platform/problem.js";
import { IsDay } from "#platform/time.js";
import { span } from "#projection/indexes.js";
import { ask, type Statement } from "#projection/reading.js";
import { shelterRecord } from "../areas.js";
import { capacityView } from "../capacity/capacity.view.js";
import { stayView } from "./stay.view.js";

/** One night of a shelter: who slept there when the day ended, by local time. */
@ObjectType("Night")
export class Night {
  @Field() @ApiProperty({ format: "date" }) night!: string;
  @Field(() => Int, { description: "Beds the shelter had, overflow left out" }) @ApiProperty({ type: "integer" }) beds!: number;
  @Field(() => Int) @ApiProperty({ type: "integer" }) occupied!: number;
  @Field(() => Int, { description: "Of these, in overflow beds" }) @ApiProperty({ type: "integer" }) overflow!: number;
  @Field(() => Float, { nullable: true, description: "occupied / beds" }) @ApiProperty({ type: Number, nullable: true }) rate!:
    number | null;
}

export class Nights {
  @IsDay() from!: string;
  @IsDay() to!: string;
}

const zone = "Africa/Dar_es_Salaam";
/** The local day of a time, and the time when a local day begins. */
const day = (time: string): string => `(${time} at time zone '${zone}')::date`;
const begin = (date: string): string => `((${date})::timestamp at time zone '${zone}')`;
const mostNights = 400;
/** Whoever came by a night's end and left after it slept there: arrivals and departures are summed, so that no night is held against every stay. */
const text = `
  with here as materialized (
    select overflow::int as overflow, ${day("admitted_at")} as came, ${day("discharged_at")} as went from stay
    where shelter = $1 and ${span("admitted_at", "discharged_at")} && tstzrange(${begin("$2::date")}, ${begin("$3::date + 1")})
  ), step as (
    select greatest(came, $2::date) as night, 1 as people, overflow from here
    union all select went, -1, -overflow from here where went <= $3::date
    union all select each::date, 0, 0 from generate_series($2::date, $3::date, interval '1 day') as each
  ), night as (
    select night, sum(sum(people)) over w as occupied, sum(sum(overflow)) over w as overflow
    from step group by night window w as (order by night)
  )
  select to_char(night, 'YYYY-MM-DD') as night, coalesce(beds, 0) as beds, occupied::int, overflow::int
  from night left join lateral (
    select beds from capacity where shelter = $1 and since < ${begin("night + 1")} order by since desc limit 1
  ) as capacity on true
  order by 1`;

/** The nights of a shelter. */
export const occupancyStatement = (shelter: string, { from, to }: Nights): Statement => ({
  name: "occupancy",
  text,
  values: [shelter, from, to],
});

/** Occupancy by night, for any past period. */
export const occupancy: Operation = {
  name: "shelterOccupancy",
  kind: "query",
  path: "/shelters/{id}/occupancy",
  summary: "occupancy by night",
  tag: "shelters",
  input: Nights,
  returns: Night,
  list: true,
  permission: may("read", "capacity"),
  about: shelterRecord,
  async run(call: Call) {
    const { from, to } = call.input as Nights;
    const nights = (Date.parse(to) - Date.parse(from)) / 86_400_000 + 1;
    if (!(nights >= 1 && nights <= mostNights)) throw malformed("to", `a day from \`from\` on, at most ${mostNights} nights`);
    await consistent(call, stayView, capacityView);
    const rows = await ask<Omit<Night, "rate">>(call.services.reading, occupancyStatement(call.id, { from, to }));
    return { body: rows.map((row) => ({ ...row, rate: row.beds > 0 ? row.occupied / row.beds : null })) };
  },
};
