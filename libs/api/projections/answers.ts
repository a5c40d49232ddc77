import { Field, ID, Int, ObjectType } from "@nestjs/graphql";
import { ApiProperty } from "@nestjs/swagger";
import { GraphQLJSONObject } from "#projection/declare/scalars.js";

const moment = { type: String, format: "date-time" } as const;

/** How one view is doing. */
@ObjectType("ProjectionStatus")
export class ProjectionStatus {
  @Field({ description: "Table and version" }) @ApiProperty() view!: string;
  @Field(() => Int, { description: "How many share its work" }) @ApiProperty({ type: "integer" }) partitions!: number;
  @Field({ description: "In the log; the least of its partitions" }) @ApiProperty() position!: string;
  @Field(() => Int, { description: "Facts taken" }) @ApiProperty({ type: "integer" }) facts!: number;
  @Field(() => Int, { description: "Facts it lacks, counted in the next 5,000 events of the log" })
  @ApiProperty({ type: "integer" })
  factsBehind!: number;
  @Field(() => Int, { description: "Age of the first of them" }) @ApiProperty({ type: "integer" }) secondsBehind!: number;
  @Field(() => Int, { description: "How long ago it took a fact last" }) @ApiProperty({ type: "integer" }) secondsSinceProgress!: number;
  @Field(() => String, { nullable: true, description: "Why it stands still; null: it goes on" })
  @ApiProperty({ type: String, nullable: true })
  halted!: string | null;
  @Field(() => Int, { description: "Streams that wait because of a fact it could not take" })
  @ApiProperty({ type: "integer" })
  parkedStreams!: number;
  @Field(() => Int, { description: "Rows that are not told the whole" }) @ApiProperty({ type: "integer" }) staleRows!: number;
}

/** Long work on views: a rebuild, a verification, a reconciliation. */
@ObjectType("ProjectionTask")
export class ProjectionTask {
  @Field(() => ID, { description: "The task" }) @ApiProperty({ format: "uuid" }) id!: string;
  @Field({ description: "rebuild, verify or reconcile" }) @ApiProperty() kind!: string;
  @Field(() => [String], { description: "Which it is about" }) @ApiProperty({ type: [String] }) views!: string[];
  @Field({ description: "asked, running, stopping, stopped, done or failed" }) @ApiProperty() state!: string;
  @Field({ description: "The id of whoever asked for it" }) @ApiProperty() askedBy!: string;
  @Field(() => String, { nullable: true, description: "What it is doing" }) @ApiProperty({ type: String, nullable: true }) stage!:
    string | null;
  @Field(() => String, { nullable: true, description: "How far it has come in the log" })
  @ApiProperty({ type: String, nullable: true })
  position!: string | null;
  @Field(() => String, { nullable: true, description: "The log's end" }) @ApiProperty({ type: String, nullable: true }) head!:
    string | null;
  @Field(() => GraphQLJSONObject, { nullable: true, description: "What came of it" })
  @ApiProperty({ type: "object", additionalProperties: true, nullable: true })
  result!: object | null;
  @Field(() => String, { nullable: true, description: "Why it failed; null: it did not" })
  @ApiProperty({ type: String, nullable: true })
  error!: string | null;
  @Field(() => String, { description: "When it was asked for" }) @ApiProperty(moment) askedAt!: string;
  @Field(() => String, { description: "When it told last how far it is" }) @ApiProperty(moment) updatedAt!: string;
}

/** How one policy is doing. */
@ObjectType("PolicyReport")
export class PolicyReport {
  @Field({ description: "Its name among views, such as `policy:...`" }) @ApiProperty() policy!: string;
  @Field({ description: "In the log" }) @ApiProperty() position!: string;
  @Field(() => Int, { description: "Facts taken" }) @ApiProperty({ type: "integer" }) facts!: number;
  @Field(() => Int, { description: "Facts it lacks, counted in the next 5,000 events of the log" })
  @ApiProperty({ type: "integer" })
  factsBehind!: number;
  @Field(() => Int, { description: "Age of the first of them" }) @ApiProperty({ type: "integer" }) secondsBehind!: number;
  @Field(() => Int, { description: "How long ago it took a fact last" }) @ApiProperty({ type: "integer" }) secondsSinceProgress!: number;
  @Field(() => String, { nullable: true, description: "Why it stands still; null: it goes on" })
  @ApiProperty({ type: String, nullable: true })
  halted!: string | null;
  @Field(() => Int, { description: "Streams that wait because of a fact it could not take" })
  @ApiProperty({ type: "integer" })
  parkedStreams!: number;
  @Field(() => Int, { description: "How often a rule has said no" }) @ApiProperty({ type: "integer" }) refusals!: number;
}

/** A rule said no to what a policy asked for. */
@ObjectType("RefusalReport")
export class RefusalReport {
  @Field({ description: "Which policy asked" }) @ApiProperty() policy!: string;
  @Field(() => ID, { description: "Because of which fact" }) @ApiProperty({ format: "uuid" }) factId!: string;
  @Field(() => String, { nullable: true, description: "In which stream that is" }) @ApiProperty({ type: String, nullable: true }) stream!:
    string | null;
  @Field(() => String, { nullable: true, description: "Where in it" }) @ApiProperty({ type: String, nullable: true }) revision!:
    string | null;
  @Field({ description: "Why the rule said no" }) @ApiProperty() code!: string;
  @Field(() => String, { description: "When" }) @ApiProperty(moment) refusedAt!: string;
}

/** An event that a view or a policy passes over, or is asked to. */
@ObjectType("SkippedEvent")
export class SkippedEvent {
  @Field({ description: "The view or the policy" }) @ApiProperty() view!: string;
  @Field({ description: "The stream" }) @ApiProperty() stream!: string;
  @Field({ description: "Of the event" }) @ApiProperty() revision!: string;
  @Field({ description: "Its type" }) @ApiProperty() type!: string;
  @Field({ description: "Why it is passed over" }) @ApiProperty() reason!: string;
  @Field({ description: "Who asked" }) @ApiProperty() askedBy!: string;
  @Field(() => String, { description: "When" }) @ApiProperty(moment) askedAt!: string;
  @Field(() => String, { nullable: true, description: "Null: it waits for a second person" })
  @ApiProperty({ type: String, nullable: true })
  approvedBy!: string | null;
  @Field(() => String, { nullable: true, description: "When it was approved; null: it was not yet" })
  @ApiProperty({ ...moment, nullable: true })
  approvedAt!: string | null;
}

/** One kind of date that something falls due at. */
@ObjectType("DueReport")
export class DueReport {
  @Field({ description: "Such as `consent-expiry`" }) @ApiProperty() due!: string;
  @Field(() => Int, { description: "Dates that are told, and not asked for yet" }) @ApiProperty({ type: "integer" }) waiting!: number;
  @Field(() => Int, { description: "Of these, how many have come" }) @ApiProperty({ type: "integer" }) fallenDue!: number;
  @Field(() => String, { nullable: true, description: "The next of them" }) @ApiProperty({ ...moment, nullable: true }) next!:
    string | null;
  @Field(() => Int, { description: "What was asked for so far" }) @ApiProperty({ type: "integer" }) asked!: number;
  @Field(() => Int, { description: "How often a rule has said no" }) @ApiProperty({ type: "integer" }) refusals!: number;
}

@ObjectType("ProjectionReport")
export class ProjectionReport {
  @Field(() => [ProjectionStatus], { description: "How far each view is" })
  @ApiProperty({ type: [ProjectionStatus] })
  views!: ProjectionStatus[];
  @Field(() => [PolicyReport], { description: "How far each policy is" }) @ApiProperty({ type: [PolicyReport] }) policies!: PolicyReport[];
  @Field(() => [DueReport], { description: "What falls due" }) @ApiProperty({ type: [DueReport] }) due!: DueReport[];
  @Field(() => [ProjectionTask], { description: "The newest first" }) @ApiProperty({ type: [ProjectionTask] }) tasks!: ProjectionTask[];
}

/** What is parked of one stream in one view. */
@ObjectType("ParkedStream")
export class ParkedStream {
  @Field({ description: "The view or the policy" }) @ApiProperty() view!: string;
  @Field({ description: "The stream" }) @ApiProperty() stream!: string;
  @Field(() => Int, { description: "The first could not be taken; the others stand behind it" })
  @ApiProperty({ type: "integer" })
  facts!: number;
  @Field({ description: "Of the first fact that is parked" }) @ApiProperty() firstRevision!: string;
  @Field({ description: "Its type" }) @ApiProperty() type!: string;
  @Field({ description: "What kind of error" }) @ApiProperty() error!: string;
  @Field(() => String, { description: "When it was parked" }) @ApiProperty(moment) since!: string;
}

/** What replaying would do to one row. Names of columns only: who keeps the platform running reads no cases. */
@ObjectType("RowPreview")
export class RowPreview {
  @Field(() => ID, { description: "Which row" }) @ApiProperty() key!: string;
  @Field({ description: "begins, changes or removes; of a policy: asks, asks nothing, or the error" }) @ApiProperty() row!: string;
  @Field(() => [String], { description: "Columns that would change" }) @ApiProperty({ type: [String] }) columns!: string[];
  @Field(() => String, { nullable: true, description: "Of a policy: the record and the rule that it asks for" })
  @ApiProperty({ type: String, nullable: true })
  asks!: string | null;
}

@ObjectType("ReplayResult")
export class ReplayResult {
  @Field(() => Int, { description: "Facts that were taken" }) @ApiProperty({ type: "integer" }) facts!: number;
}

/** A place in the log where a fact is not as the application wrote it: never what stands there. */
@ObjectType("ChainReport")
export class ChainReport {
  @Field({ description: "The stream" }) @ApiProperty() stream!: string;
  @Field({ description: "Of the fact" }) @ApiProperty() revision!: string;
  @Field({ description: "In the log" }) @ApiProperty() position!: string;
  @Field({
    description: "forged: not written here; broken: it, or what stood before it, was changed; missing: from here on it was removed",
  })
  @ApiProperty({ enum: ["forged", "broken", "missing"] })
  kind!: string;
  @Field(() => String, { description: "When it was found" }) @ApiProperty(moment) foundAt!: string;
  @Field(() => String, { nullable: true, description: "When somebody looked into it; null: nobody has" })
  @ApiProperty({ ...moment, nullable: true })
  lookedIntoAt!: string | null;
  @Field(() => String, { nullable: true, description: "By whom" })
  @ApiProperty({ type: String, nullable: true })
  lookedIntoBy!: string | null;
}

@ObjectType("ChainLookedInto")
export class ChainLookedInto {
  @Field(() => Int, { description: "Findings that alarm no more" }) @ApiProperty({ type: "integer" }) findings!: number;
}
