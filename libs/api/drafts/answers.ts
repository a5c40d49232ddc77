import { Field, ID, Int, ObjectType } from "@nestjs/graphql";
import { ApiProperty } from "@nestjs/swagger";
import { IsObject, IsString, Matches } from "class-validator";
import { Described } from "#kernel/described.js";
import { IsId } from "#platform/values/ids.js";
import { Optional } from "#platform/values/optional.js";
import { GraphQLJSONObject } from "#projection/declare/scalars.js";

const operation = /^[a-z][A-Za-z]{1,99}$/;
const message = "$property must be the name of a change, such as addNote";

export class KeepDraft {
  @Described("The change that it is to be: its operation id, such as `addNote`")
  @IsString()
  @Matches(operation, { message })
  operation!: string;
  @Described("The record that is to be changed; left out where one is to be begun") @Optional() @IsId() record?: string;
  @Described("What stands in the form: fields of that change, as far as they are filled in") @IsObject() body!: object;
}
export class DiscardDraft {}
export class DraftsParameters {
  @Described("Only of this change") @Optional() @IsString() @Matches(operation, { message }) operation?: string;
  @Described("Only of this record") @Optional() @IsId() record?: string;
}

/** What somebody has written and not sent. */
@ObjectType("Draft")
export class Draft {
  @Field(() => ID, { description: "As whoever wrote it has named it" }) @ApiProperty({ format: "uuid" }) id!: string;
  @Field({ description: "The change that it is to be" }) @ApiProperty() operation!: string;
  @Field(() => ID, { nullable: true, description: "The record that is to be changed; null: one is to be begun" })
  @ApiProperty({ type: String, format: "uuid", nullable: true })
  record!: string | null;
  @Field(() => Int, { description: "Send it as `revision` (REST: `If-Match`) when you replace it." })
  @ApiProperty({ type: "integer" })
  revision!: number;
  @Field({ description: "Send it as `draft` (REST: `Draft`) with the change: once that is made, the draft is gone." })
  @ApiProperty()
  reference!: string;
  @Field(() => GraphQLJSONObject, { nullable: true, description: "What stands in the form; null in a list" })
  @ApiProperty({ type: "object", additionalProperties: true, nullable: true })
  body!: object | null;
  @Field({ description: "When it was touched last" }) @ApiProperty({ format: "date-time" }) changedAt!: string;
  @Field({ description: "When it is removed, if it is not touched before" }) @ApiProperty({ format: "date-time" }) expiresAt!: string;
}
