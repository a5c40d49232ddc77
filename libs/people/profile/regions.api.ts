import { Field, ObjectType } from "@nestjs/graphql";
import { ApiProperty } from "@nestjs/swagger";
import type { Operation } from "#api/operations/operation.js";
import { districts } from "./districts.js";

@ObjectType("RegionDistricts")
export class RegionDistricts {
  @Field({ description: "Its code" }) @ApiProperty() region!: string;
  @Field(() => [String], { description: "The codes of its districts" }) @ApiProperty({ type: [String] }) districts!: string[];
}

const body: RegionDistricts[] = Object.entries(districts).map(([region, within]) => ({ region, districts: [...within] }));

/** Which districts there are, for forms to show. Whoever signs in may read them. */
export const regionsOperation: Operation = {
  name: "regions",
  kind: "query",
  path: "/regions",
  tag: "vocabularies",
  summary: "the regions, each with its districts",
  returns: RegionDistricts,
  list: true,
  permission: "anybody",
  run: async () => ({ body }),
};
