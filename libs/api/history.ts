import { Field, ID, ObjectType } from "@nestjs/graphql";
import { ApiProperty } from "@nestjs/swagger";
import { IsInt, IsOptional, Max, Min } from "class-validator";
import { access } from "#access/disclosure.js";
import type { Owner, Permission } from "#access/decide.js";
import type { Aggregate, Fact } from "#kernel/kernel.js";
import { malformed, notAllowedOrUnknown } from "#platform/problem.js";
import { IsInstant } from "#platform/time.js";
import { FromDigits } from "#platform/values.js";
import { GraphQLJSONObject } from "#projection/json.js";
import { applied, locate } from "#store/states.js";
import { streamOf, type StoredFact } from "#store/stored.js";
import type { Call, Operation } from "./operation.js";

/** One thing that happened to a record. Personal data stays sealed: only its classes are told. */
@ObjectType("HistoryEntry")
export class HistoryEntry {
  @Field() @ApiProperty() revision!: string;
  @Field(() => ID) @ApiProperty({ format: "uuid" }) id!: string;
  @Field() @ApiProperty() type!: string;
  @Field({ description: "When it happened" }) @ApiProperty({ format: "date-time" }) at!: string;
  @Field({ description: "When it was recorded" }) @ApiProperty({ format: "date-time" }) recordedAt!: string;
  @Field(() => GraphQLJSONObject) @ApiProperty({ type: "object", additionalProperties: true }) by!: object;
  @Field() @ApiProperty() purpose!: string;
  @Field() @ApiProperty() source!: string;
  @Field(() => ID) @ApiProperty({ format: "uuid" }) commandId!: string;
  @Field(() => GraphQLJSONObject) @ApiProperty({ type: "object", additionalProperties: true }) data!: object;
  @Field(() => [String], { description: "Classes of the personal data recorded with it" })
  @ApiProperty({ type: [String] })
  sealed!: string[];
  @Field(() => GraphQLJSONObject, { description: "Parts of the state that it changed: before and after" })
  @ApiProperty({ type: "object", additionalProperties: true })
  changed!: object;
  @Field() @ApiProperty() hash!: string;
}

@ObjectType("HistoryPage")
export class HistoryPage {
  @Field(() => [HistoryEntry]) @ApiProperty({ type: [HistoryEntry] }) items!: HistoryEntry[];
  @Field(() => String, { nullable: true }) @ApiProperty({ type: String, nullable: true }) next!: string | null;
}

/** A record as it was: codes, dates and ids; personal data is no part of it. */
@ObjectType("PastState")
export class PastState {
  @Field() @ApiProperty() revision!: string;
  @Field(() => String) @ApiProperty({ format: "date-time" }) at!: string;
  @Field(() => GraphQLJSONObject) @ApiProperty({ type: "object", additionalProperties: true }) state!: object;
}

/** A GraphQL Int holds no more. */
const mostRevision = 2 ** 31 - 1;

export class HistoryParameters {
  @IsOptional() @FromDigits() @IsInt() @Min(1) @Max(200) first?: number;
  @IsOptional() @FromDigits() @IsInt() @Min(0) @Max(mostRevision) after?: number;
}

export class PastStateParameters {
  @IsOptional() @FromDigits() @IsInt() @Min(0) @Max(mostRevision) revision?: number;
  @IsOptional() @IsInstant() asOf?: string;
}

/** What happened to a record, and its state as of a revision or an instant. */
export const historyOf = (of: Aggregate<any, any>, permission: Permission, ownedBy?: (id: string) => Owner): Operation[] => {
  const shared = { kind: "query" as const, tag: `${of.name}s`, permission, about: of, ...(ownedBy && { ownedBy }) };
  return [
    {
      ...shared,
      name: `${of.name}History`,
      path: `/${of.name}s/{id}/history`,
      summary: "everything that happened, in order",
      input: HistoryParameters,
      returns: HistoryPage,
      run: (call) => history(of, call),
    },
    {
      ...shared,
      name: `${of.name}State`,
      path: `/${of.name}s/{id}/state`,
      summary: "the state as of a revision, or of an instant (`asOf`, by when things happened)",
      input: PastStateParameters,
      returns: PastState,
      run: (call) => pastState(of, call),
    },
  ];
};

/** Who saw the record's personal data, and who asked for it in vain. */
export const accessTo = (of: Aggregate<any, any>, permission: Permission): Operation => ({
  name: `${of.name}Access`,
  kind: "query",
  path: `/${of.name}s/{id}/access`,
  summary: "who saw personal data, and who was refused",
  tag: `${of.name}s`,
  input: HistoryParameters,
  returns: HistoryPage,
  permission,
  about: of,
  run: (call) => history(access, call),
});

async function history(of: Aggregate<any, any>, { id, input, services }: Call) {
  const { first = 50, after } = input as HistoryParameters;
  const items: HistoryEntry[] = [];
  let state: Record<string, unknown> = of.initial as Record<string, unknown>;
  let more = false;
  for await (const stored of services.log.readStream(streamOf(of.name, id))) {
    const next = applied(of, state, stored);
    if (after === undefined || stored.revision > BigInt(after)) {
      if (items.length === first) {
        more = true;
        break;
      }
      items.push(entry(of, stored, state, next));
    }
    state = next;
  }
  if (items.length === 0 && after === undefined) throw notAllowedOrUnknown();
  return { body: { items, next: more ? items.at(-1)!.revision : null } };
}

async function pastState(of: Aggregate<any, any>, { id, input, services }: Call) {
  const { revision, asOf } = input as PastStateParameters;
  if (revision !== undefined && asOf !== undefined) throw malformed("asOf", "left out where `revision` is given");
  const until = asOf === undefined ? undefined : new Date(asOf).toISOString();
  let state: Record<string, unknown> = of.initial as Record<string, unknown>;
  let last: StoredFact | undefined;
  for await (const stored of services.log.readStream(streamOf(of.name, id))) {
    if (revision !== undefined && stored.revision > BigInt(revision)) break;
    if (until !== undefined && stored.metadata.at > until) continue;
    state = applied(of, state, stored);
    last = stored;
  }
  if (!last) throw notAllowedOrUnknown();
  return { body: { revision: last.revision.toString(), at: last.metadata.at, state }, revision: last.revision };
}

function entry(of: Aggregate<any, any>, stored: StoredFact, before: Record<string, unknown>, after: Record<string, unknown>): HistoryEntry {
  const { revision, id, type, recordedAt, personal = {}, metadata } = stored;
  const topics = Object.keys(after).filter((topic) => before[topic] !== after[topic]);
  return {
    revision: revision.toString(),
    id,
    type,
    at: metadata.at,
    recordedAt,
    by: metadata.by,
    purpose: metadata.purpose,
    source: metadata.source,
    commandId: metadata.commandId,
    data: (locate(of, stored) as unknown as Fact).data,
    sealed: [...new Set(Object.values(personal).flatMap((classes) => Object.keys(classes)))].sort(),
    changed: Object.fromEntries(topics.map((topic) => [topic, { before: before[topic], after: after[topic] }])),
    hash: metadata.hash,
  };
}
