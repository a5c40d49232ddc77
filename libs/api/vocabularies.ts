import { Field, ObjectType } from "@nestjs/graphql";
import { ApiProperty } from "@nestjs/swagger";
import type { Vocabulary } from "#kernel/labels.js";
import type { Operation } from "./operation.js";

/** One code and what it is called. */
@ObjectType("LabelledCode")
export class LabelledCode {
  @Field() @ApiProperty() code!: string;
  @Field({ description: "English" }) @ApiProperty() en!: string;
  @Field({ description: "Kiswahili" }) @ApiProperty() sw!: string;
  @Field({ description: "Français" }) @ApiProperty() fr!: string;
}

@ObjectType("CodeList")
export class CodeList {
  @Field() @ApiProperty() name!: string;
  @Field(() => [LabelledCode]) @ApiProperty({ type: [LabelledCode] }) codes!: LabelledCode[];
}

/** The code lists in which everything is recorded, for forms to show in the worker's language. Whoever signs in may read them. */
export function vocabulariesOf(vocabularies: Readonly<Record<string, Vocabulary>>): Operation {
  const body: CodeList[] = Object.entries(vocabularies).map(([name, vocabulary]) => ({
    name,
    codes: Object.entries(vocabulary).map(([code, [en, sw, fr]]) => ({ code, en, sw, fr })),
  }));
  return {
    ...{ name: "vocabularies", kind: "query", path: "/vocabularies", tag: "vocabularies" },
    ...{ summary: "the code lists, with labels in English, Swahili and French", returns: CodeList, list: true },
    permission: "anybody",
    run: async () => ({ body }),
  };
}
