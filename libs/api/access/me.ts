import { Field, ID, ObjectType } from "@nestjs/graphql";
import { ApiProperty } from "@nestjs/swagger";
import { allAreas, cellOf } from "#access/cells.js";
import { roleAllows, type Owner } from "#access/decide.js";
import { purposesOf } from "#access/purpose.js";
import type { Role } from "#access/roles.js";
import type { Actor } from "#kernel/kernel.js";
import { isAboutOne, type Operation } from "../operations/operation.js";
import { ownerOf } from "../operations/permit.js";

/** What one's role may do in one area. */
@ObjectType("OwnRight")
export class OwnRight {
  @Field({ description: "Such as `consent`" }) @ApiProperty() area!: string;
  @Field({ description: "`read`, `write`, which includes it, `own` or `own-read` in one's own house alone, `granted` by a grant" })
  @ApiProperty()
  may!: string;
}

/** Who has signed in, and what her role may do. Of a record that is about a person she has to stand to it besides. */
@ObjectType("Me")
export class Me {
  @Field(() => ID, { description: "As it stands in histories" }) @ApiProperty() id!: string;
  @Field({ description: "In which she acts" }) @ApiProperty() role!: string;
  @Field(() => String, { nullable: true, description: "What she is called, where that is kept here" })
  @ApiProperty({ type: String, nullable: true })
  name!: string | null;
  @Field(() => [String], { description: "In which she may act, by `Acting-As`; none where her token alone says hers" })
  @ApiProperty({ type: [String] })
  roles!: string[];
  @Field(() => ID, { nullable: true, description: "For which she works" })
  @ApiProperty({ type: String, nullable: true })
  organisation!: string | null;
  @Field(() => ID, { nullable: true, description: "Her own house" }) @ApiProperty({ type: String, nullable: true }) shelter!: string | null;
  @Field(() => String, { nullable: true, description: "The code of the district that she works in" })
  @ApiProperty({ type: String, nullable: true })
  district!: string | null;
  @Field(() => [String], { description: "What she acts for" }) @ApiProperty({ type: [String] }) purposes!: string[];
  @Field(() => [OwnRight], { description: "By area; of one that is not named, nothing" })
  @ApiProperty({ type: [OwnRight] })
  rights!: OwnRight[];
  @Field(() => [String], { description: "What she may ask at all, by the names of operations" })
  @ApiProperty({ type: [String] })
  operations!: string[];
}

/** Who one is and may: what a frontend needs to know before it shows a button. `operations`: all others. */
export function meOf(operations: readonly Operation[]): Operation {
  const me: Operation = {
    name: "me",
    kind: "query",
    path: "/me",
    tag: "me",
    summary: "who has signed in, and what her role may do",
    returns: Me,
    permission: "anybody",
    run: async ({ actor, services: { people } }) => {
      const name = (await people.names([actor.id], actor)).get(actor.id) ?? null;
      return { body: { ...described(actor, [...operations, me]), name, roles: [...people.rolesOf(actor.id)] } };
    },
  };
  return me;
}

const described = (actor: Actor, operations: readonly Operation[]): Omit<Me, "name" | "roles"> => ({
  id: actor.id,
  role: actor.role,
  organisation: actor.organisation ?? null,
  shelter: actor.shelter ?? null,
  district: actor.district ?? null,
  purposes: [...(Object.hasOwn(purposesOf, actor.role) ? purposesOf[actor.role as Role] : [])],
  rights: allAreas().flatMap((area) => {
    const may = cellOf(actor.role, area);
    return may === undefined ? [] : [{ area, may }];
  }),
  operations: operations
    .filter((each) => each.permission === "anybody" || roleAllows(actor, each.permission, ownerFor(actor, each)))
    .map(({ name }) => name)
    .toSorted(),
});

/** Of one record: her own house's, where it is a house's at all. */
function ownerFor(actor: Actor, operation: Operation): Owner | undefined {
  if (!isAboutOne(operation)) return ownerOf(operation, { actor, id: "" });
  const owner = operation.about?.belongsTo("");
  return typeof owner === "object" ? { shelter: actor.shelter } : owner;
}
