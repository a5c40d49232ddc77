import { Field, ID, Int, ObjectType } from "@nestjs/graphql";
import { ApiProperty } from "@nestjs/swagger";
import { NIL } from "uuid";
import { shown, theShelter, type Sees } from "#access/areas.js";
import { plainClass } from "#access/for-one.js";
import type { ProtectedRecord } from "#access/record.js";
import type { Vocabulary } from "#kernel/labels.js";
import { knows, type Actor, type Fact } from "#kernel/kernel.js";
import { GraphQLJSONObject } from "#projection/declare/scalars.js";
import { differences } from "./differences.js";
import { locate } from "#store/states.js";
import { integrities, type Integrity, type StoredFact } from "#store/stored.js";

// One thing that happened to a record, as it is told.

export type FoldedState = Record<string, unknown>;

/** A fact, judged with the one before it. */
export interface JudgedFact {
  readonly stored: StoredFact;
  readonly integrity: Integrity;
}

/** A field that says whether something is as it was written. */
export const integrityOf = (what: string): PropertyDecorator => {
  const description =
    `Whether ${what} as the application wrote it. "unmarked": from before facts were marked; "broken": it, or what stood before it, was ` +
    `changed since; "forged": the application did not write it, and it counts nowhere.`;
  return (target, key) => {
    Field(() => String, { description })(target, key);
    ApiProperty({ type: String, enum: [...integrities], description })(target, key);
  };
};

/** What a kind of fact is called in the languages of the shelters. */
@ObjectType("FactWords")
export class FactWords {
  @Field({ description: "English" }) @ApiProperty() en!: string;
  @Field({ description: "Kiswahili" }) @ApiProperty() sw!: string;
  @Field({ description: "Français" }) @ApiProperty() fr!: string;
}

/** What is called by no name here is called as it is written. */
const wordsOf = (words: Vocabulary, type: string): FactWords => {
  const [en, sw, fr] = Object.hasOwn(words, type) ? words[type]! : ([type, type, type] as const);
  return { en, sw, fr };
};

/**
 * One thing that happened to a record: its type, its times and who did it are for whoever may see the history. What it tells, and what it
 * changed, are told as far as one may see them. Personal data stays sealed: only its classes are told.
 */
@ObjectType("HistoryEntry")
export class HistoryEntry {
  @Field(() => Int, { description: "Its place in the record, from 0 on" }) @ApiProperty({ type: "integer" }) revision!: number;
  @Field(() => ID, { description: "The fact's own id" }) @ApiProperty({ format: "uuid" }) id!: string;
  @Field({ description: "What kind of fact it is" }) @ApiProperty() type!: string;
  @Field(() => FactWords, { description: "The same in words" }) @ApiProperty({ type: FactWords }) words!: FactWords;
  @Field({ description: "When it happened" }) @ApiProperty({ format: "date-time" }) at!: string;
  @Field({ description: "When it was recorded" }) @ApiProperty({ format: "date-time" }) recordedAt!: string;
  @Field(() => GraphQLJSONObject, {
    description: "Who did it: id, name, role, organisation, shelter, district; the name where you may know it",
  })
  @ApiProperty({ type: "object", additionalProperties: true })
  by!: Partial<Actor> & { readonly name?: string };
  @Field({ description: "What it was done for" }) @ApiProperty() purpose!: string;
  @Field({ description: "How it came: by the api, an import, or a policy" }) @ApiProperty() source!: string;
  @Field(() => String, { nullable: true, description: "Why it was told late" })
  @ApiProperty({ type: String, nullable: true })
  lateReason!: string | null;
  @Field(() => GraphQLJSONObject, { nullable: true, description: "Where it was brought in as history: in which import, and by whom" })
  @ApiProperty({ type: "object", additionalProperties: true, nullable: true })
  imported!: object | null;
  @Field(() => ID, { description: "The key of the change, the same for all its facts" })
  @ApiProperty({ format: "uuid" })
  commandId!: string;
  @Field(() => GraphQLJSONObject, { description: "What it tells, as far as you may see it" })
  @ApiProperty({ type: "object", additionalProperties: true })
  data!: object;
  @Field(() => [String], { description: "Classes of the personal data recorded with it" })
  @ApiProperty({ type: [String] })
  sealed!: string[];
  @Field(() => GraphQLJSONObject, {
    description: "What it changed, by the place in the state: what was there before, and what is there after",
  })
  @ApiProperty({ type: "object", additionalProperties: true })
  changed!: object;
  @Field({ description: "It was marked as entered by mistake later: it is told here, and counts nowhere" })
  @ApiProperty()
  erroneous!: boolean;
  @Field({ description: "Of this fact and all before it: the link of the chain" }) @ApiProperty() hash!: string;
  @integrityOf("it is") integrity!: Integrity;
}

/** Its place, and that it is there. What a stranger wrote is told to nobody as if somebody here had said it. */
export const forgedEntry = ({ of }: ProtectedRecord, { revision, id, type, recordedAt }: StoredFact, words: Vocabulary): HistoryEntry => ({
  revision: Number(revision),
  id,
  type: knows(of, type) ? type : "Unknown",
  words: wordsOf(words, knows(of, type) ? type : "Unknown"),
  at: recordedAt,
  recordedAt,
  by: {},
  purpose: "",
  source: "",
  lateReason: null,
  imported: null,
  commandId: NIL,
  data: {},
  sealed: [],
  changed: {},
  erroneous: false,
  hash: "",
  integrity: "forged",
});

/** As somebody may see it. `states`: before it, and after. */
export function entry(
  told: ProtectedRecord,
  sees: Sees,
  { stored, integrity }: JudgedFact,
  states: readonly [FoldedState, FoldedState],
  words: Vocabulary,
): HistoryEntry {
  const { revision, id, type, recordedAt, personal = {}, metadata } = stored;
  const { data } = locate(told.of, stored) as unknown as Fact;
  return {
    revision: Number(revision),
    id,
    type,
    words: wordsOf(words, type),
    at: metadata.at,
    recordedAt,
    by: whoActed(metadata.by, sees),
    purpose: metadata.purpose,
    source: metadata.source,
    lateReason: metadata.lateReason ?? null,
    imported: metadata.imported ?? null,
    commandId: metadata.commandId,
    data: shown(data, Object.hasOwn(told.facts, type) ? told.facts[type] : undefined, sees) ?? {},
    sealed: [...new Set(Object.values(personal).flatMap((classes) => Object.keys(classes).map(plainClass)))].sort(),
    changed: changedParts(told, sees, states),
    erroneous: false,
    hash: metadata.hash,
    integrity,
  };
}

/** Where somebody works tells where those stay for whom she works. */
const whoActed = ({ shelter, ...by }: Actor, sees: Sees): Partial<Actor> => ({
  ...by,
  ...(shelter !== undefined && shown(shelter, theShelter, sees) !== null && { shelter }),
});

/** What of the state differs, as far as she sees it. */
function changedParts({ state, derived }: ProtectedRecord, sees: Sees, states: readonly [FoldedState, FoldedState]): object {
  const [before, after] = states.map((each) => ({ ...derived(each), ...each })) as [FoldedState, FoldedState];
  const topics = Object.keys(after).filter((topic) => before[topic] !== after[topic]);
  const seen = (of: FoldedState) => shown(Object.fromEntries(topics.map((topic) => [topic, of[topic]])), state, sees) ?? {};
  return differences(seen(before), seen(after));
}
