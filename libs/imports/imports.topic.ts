import { Field, Int, ObjectType } from "@nestjs/graphql";
import { ApiProperty } from "@nestjs/swagger";
import { Type } from "class-transformer";
import { ArrayMaxSize, ArrayNotEmpty, IsArray, IsIn, IsObject, IsString, Matches, ValidateNested } from "class-validator";
import { IsId } from "#platform/values/ids.js";
import { allows, may, whoever } from "#access/decide.js";
import type { ProtectedRecord } from "#access/record.js";
import { roleLabels } from "#access/role-labels.js";
import { actingRoles } from "#access/roles.js";
import { reached } from "#api/access/standings.js";
import { readInput } from "#api/operations/incoming.js";
import { change, creation } from "#api/changes/changes.js";
import { isAboutOne, type Answered, type Call, type Operation } from "#api/operations/operation.js";
import { ownerOf } from "#api/operations/permit.js";
import { problemOf } from "#api/operations/problems.js";
import { Described } from "#kernel/described.js";
import { Refusal, type Actor } from "#kernel/kernel.js";
import { Optional } from "#platform/values/optional.js";
import type { ProblemError } from "#platform/http/problem.js";
import { IsInstant, utc } from "#platform/values/time.js";
import { GraphQLJSONObject } from "#projection/declare/scalars.js";
import { topic, topicsOf, type Topics } from "#topics/topic.js";
import { ApproveImport, approveImport, EndImport, endImport, grant, imports, OpenImport, openImport, requireGranted } from "./imports.js";

/** Who acted then. */
export class OriginalActor {
  @Described("Who acted then")
  @IsString()
  @Matches(/^[\w|:.-]{1,100}$/, { message: "$property must be the id of a person, of letters, digits and | : . - _" })
  id!: string;
  @Described("As what") @IsIn(actingRoles) role!: string;
  @Described("For whom she worked") @Optional() @IsId() organisation?: string;
  @Described("In which house") @Optional() @IsId() shelter?: string;
}

/** One change, as it would have been sent when it happened. */
export class ImportLine {
  @Described("A UUID of the line: sent again, it is answered with the first receipt") @IsId() key!: string;

  @Described("The change, by its name in this document")
  @IsString()
  @Matches(/^[a-zA-Z]{1,60}$/, { message: "$property must be the name of a change, such as openCase" })
  operation!: string;

  @Described("The record; none where the change begins one") @Optional() @IsId() id?: string;
  @Described("When it happened") @IsInstant() at!: string;
  @Described("Who did it then") @ValidateNested() @Type(() => OriginalActor) by!: OriginalActor;
  @Described("What the change is told") @IsObject() input!: object;
}

export class BringIn {
  @Described("In order of time")
  @IsArray()
  @ArrayNotEmpty()
  @ArrayMaxSize(100)
  @ValidateNested({ each: true })
  @Type(() => ImportLine)
  lines!: ImportLine[];
}

/** Where a record stands after a line. */
@ObjectType("ImportReceipt")
export class ImportReceipt {
  @Field({ description: "The record" }) @ApiProperty({ format: "uuid" }) id!: string;
  @Field(() => Int, { description: "Its revision after the line" }) @ApiProperty({ type: "integer" }) revision!: number;
}

/** What became of lines. Those before the one that was refused are kept, those after it were not looked at. */
@ObjectType("BroughtIn")
export class BroughtIn {
  @Field(() => [ImportReceipt], { description: "Of the lines that were taken, in their order" })
  @ApiProperty({ type: [ImportReceipt] })
  receipts!: ImportReceipt[];
  @Field(() => Int, { nullable: true, description: "Place of the line that was refused, from 0 on; null: none was" })
  @ApiProperty({ type: "integer", nullable: true })
  refused!: number | null;
  @Field(() => GraphQLJSONObject, { nullable: true, description: "Why, as problem details" })
  @ApiProperty({ type: "object", additionalProperties: true, nullable: true })
  problem!: object | null;
}

/** The way in for history that was kept elsewhere, and the leave to use it. `operations`: whose changes may be brought in. */
export const importTopicsOf = (operations: readonly Operation[]): Topics => {
  const changesByName = new Map(operations.flatMap((each) => (each.kind === "mutation" ? [[each.name, each] as const] : [])));
  const grantTopic = topic(imports, grant, {
    state: "imports",
    facts: { ImportOpened: "imports", ImportApproved: "imports", ImportEnded: "imports" },
    changes: {
      HistoryImport: [
        creation(openImport, OpenImport, may("write", "imports")),
        change(approveImport, ApproveImport, may("write", "imports")),
        change(endImport, EndImport, may("write", "imports")),
      ],
    },
    reads: (about) => [bringInWith(about, changesByName)],
    vocabularies: { role: roleLabels },
  });
  return topicsOf(
    imports,
    { grant: grantTopic },
    { belongsTo: () => whoever, subject: () => "", history: may("read", "imports", "HistoryImport", "Oversight") },
  );
};

const bringInWith = (about: ProtectedRecord, known: ReadonlyMap<string, Answered>): Answered => ({
  name: "bringIn",
  kind: "mutation",
  path: "/imports/{id}/bring-in",
  summary: "bring in history, line by line in order of time; sent again, it goes on where it stopped",
  tag: "imports",
  input: BringIn,
  returns: BroughtIn,
  permission: may("write", "imported", "HistoryImport"),
  problems: { 409: ["ImportOfAnother", "ImportNotApproved", "ImportEnded"] },
  about,
  async run(call: Call) {
    const { lines } = call.input as BringIn;
    const receipts: ImportReceipt[] = [];
    for (const [place, line] of lines.entries()) {
      // An import that is ended takes nothing more, in whatever midst.
      await requireOpen(call);
      try {
        receipts.push(await bringIn(known, line, call));
      } catch (error) {
        const { problem } = refusedBy(error);
        return { body: { receipts, refused: place, problem } };
      }
    }
    return { body: { receipts, refused: null, problem: null } };
  },
});

async function requireOpen({ id, actor, services: { changes: store } }: Call): Promise<void> {
  const { state } = await store.states.fresh(imports, id);
  requireGranted(state, actor.id, { now: store.clock().toISOString() });
}

/** The line as its original actor would have sent it then: what the policy and the rules refuse her is refused here. */
async function bringIn(known: ReadonlyMap<string, Answered>, line: ImportLine, call: Call): Promise<ImportReceipt> {
  const operation = known.get(line.operation);
  if (!operation) throw new Refusal("OperationUnknown");
  if (isAboutOne(operation) === (line.id === undefined)) throw new Refusal("RecordNotNamed");
  const { id, role, organisation, shelter } = line.by;
  const by: Actor = { id, role, ...(organisation && { organisation }), ...(shelter && { shelter }) };
  const asked: Call = {
    actor: by,
    id: line.id ?? "",
    services: call.services,
    // Her role is checked; how people stood to a record then is not known.
    standing: reached,
    imported: { import: call.id, by: call.actor.id },
    input: await readInput(operation.input, line.input),
    envelope: { key: line.key.toLowerCase(), occurredAt: utc(line.at) },
  };
  const { permission } = operation;
  if (permission !== "anybody" && !allows(by, permission, ownerOf(operation, asked) ?? {}, reached))
    throw new Refusal("OriginalActorNotAllowed");
  const { id: record, revision } = (await operation.run(asked)).body as ImportReceipt;
  return { id: record, revision };
}

/** What sending it again does not change. @throws what does */
function refusedBy(error: unknown): ProblemError {
  const problem = problemOf(error);
  if (problem.problem.status >= 429) throw error;
  return problem;
}
