import { Field, Float, Int, ObjectType } from "@nestjs/graphql";
import { ApiProperty } from "@nestjs/swagger";
import { may } from "#access/decide.js";
import type { Call, Operation } from "#api/operation.js";
import { consistent } from "#api/reads.js";
import { malformed } from "#platform/problem.js";
import { IsDay } from "#platform/time.js";
import { span } from "#projection/indexes.js";
import { ask, type Statement } from "#projection/reading.js";
import { shelters } from "../shelters.js";
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
const mostNights = 400;
const text = `
  with night as materialized (
    select day::date as night, (day + interval '1 day')::timestamp at time zone '${zone}' as ends
    from generate_series($2::date, $3::date, interval '1 day') as day
  ), here as materialized (
    select id, overflow, admitted_at, discharged_at from stay where shelter = $1 and ${span("admitted_at", "discharged_at")}
      && tstzrange($2::date::timestamp at time zone '${zone}', ($3::date + 1)::timestamp at time zone '${zone}', '[]')
  )
  select to_char(night, 'YYYY-MM-DD') as night, coalesce(capacity.beds, 0) as beds,
    count(here.id)::int as occupied, (count(here.id) filter (where here.overflow))::int as overflow
  from night
  left join lateral (
    select beds from capacity where shelter = $1 and since < night.ends order by since desc limit 1
  ) as capacity on true
  left join here on here.admitted_at < night.ends and (here.discharged_at is null or here.discharged_at >= night.ends)
  group by night, capacity.beds order by night`;

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
  about: shelters,
  ownedBy: (shelter) => ({ shelter }),
  async run(call: Call) {
    const { from, to } = call.input as Nights;
    const nights = (Date.parse(to) - Date.parse(from)) / 86_400_000 + 1;
    if (!(nights >= 1 && nights <= mostNights)) throw malformed("to", `a day from \`from\` on, at most ${mostNights} nights`);
    await consistent(call, stayView, capacityView);
    const rows = await ask<Omit<Night, "rate">>(call.services.reading, occupancyStatement(call.id, { from, to }));
    return { body: rows.map((row) => ({ ...row, rate: row.beds > 0 ? row.occupied / row.beds : null })) };
  },
};
