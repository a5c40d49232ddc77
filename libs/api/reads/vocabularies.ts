import { Field, ObjectType } from "@nestjs/graphql";
import { ApiProperty } from "@nestjs/swagger";
import type { Vocabulary } from "#kernel/labels.js";
import { columnsIn, isView } from "#projection/declare/columns.js";
import type { Operation } from "../operations/operation.js";
import type { Composed, Paged } from "./reads.js";
import { codesIn } from "../operations/schema.js";

/** One code and what it is called. */
@ObjectType("LabelledCode")
export class LabelledCode {
  @Field({ description: "As it is stored" }) @ApiProperty() code!: string;
  @Field({ description: "English" }) @ApiProperty() en!: string;
  @Field({ description: "Kiswahili" }) @ApiProperty() sw!: string;
  @Field({ description: "Français" }) @ApiProperty() fr!: string;
}

@ObjectType("CodeList")
export class CodeList {
  @Field({ description: "What the list is called" }) @ApiProperty() name!: string;
  @Field(() => [String], { description: "Where its codes stand: fields of answers and of requests, such as `Case.stage`" })
  @ApiProperty({ type: [String] })
  fields!: string[];
  @Field(() => [LabelledCode], { description: "In the order of the list" }) @ApiProperty({ type: [LabelledCode] }) codes!: LabelledCode[];
}

/** The code lists in which everything is recorded, for forms to show in the worker's language. Whoever signs in may read them. */
export function vocabulariesOf(vocabularies: Readonly<Record<string, Vocabulary>>, operations: readonly Operation[]): Operation {
  const listOf = (codes: readonly string[]) => Object.keys(vocabularies).find((name) => isSame(codes, Object.keys(vocabularies[name]!)));
  const coded = codedFields(operations).map(({ field, codes }) => ({ field, list: listOf(codes) }));
  const body: CodeList[] = Object.entries(vocabularies).map(([name, vocabulary]) => ({
    name,
    fields: coded.filter(({ list }) => list === name).map(({ field }) => field),
    codes: Object.entries(vocabulary).map(([code, [en, sw, fr]]) => ({ code, en, sw, fr })),
  }));
  return {
    name: "vocabularies",
    kind: "query",
    path: "/vocabularies",
    tag: "vocabularies",
    summary: "the code lists, with labels in English, Swahili and French",
    returns: CodeList,
    list: true,
    permission: "anybody",
    run: async () => ({ body }),
  };
}

interface Coded {
  readonly field: string;
  readonly codes: readonly string[];
}

/** Every field of an answer or a request that holds codes of a list. */
export function codedFields(operations: readonly Operation[]): readonly Coded[] {
  const views = new Set(operations.flatMap(viewsOf));
  const shown = [...views].flatMap((row) => codedIn(row, row.name.replace(/View$/, "")));
  const asked = operations.flatMap((each) => (each.kind === "mutation" && each.input ? codesIn(each.input, each.input.name) : []));
  return [...shown, ...asked];
}

/** The views whose rows an operation answers, and their sections. */
function viewsOf(operation: Operation): (new () => object)[] {
  if ("listed" in operation) return [(operation as Paged).listed.view.row];
  if (!isView(operation.returns)) return [];
  const sections = "sections" in operation ? Object.values((operation as Composed).sections) : [];
  return [operation.returns, ...sections.map(({ row }) => row)];
}

/** The fields of a view, or of a shape within one, that hold codes, by their path. */
const codedIn = (of: new () => object, path: string): Coded[] =>
  columnsIn(of).flatMap(({ property, codes, shape }) => {
    const field = `${path}.${property}`;
    if (shape) return codedIn(shape, field);
    return codes ? [{ field, codes }] : [];
  });

const isSame = (one: readonly string[], other: readonly string[]): boolean => one.toSorted().join() === other.toSorted().join();
