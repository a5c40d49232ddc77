import { Field, ID, Int, ObjectType } from "@nestjs/graphql";
import { ApiProperty } from "@nestjs/swagger";
import { IsBoolean, IsInt, Max, Min } from "class-validator";
import { isDeepStrictEqual } from "node:util";
import { NIL } from "uuid";
import { shown, theShelter, type Sees } from "#access/areas.js";
import { accessRecord } from "#access/disclosure.js";
import type { OperationPermission } from "#access/decide.js";
import { seesOf, type ProtectedRecord } from "#access/record.js";
import { Described } from "#kernel/described.js";
import { changesNothing, knows, type Actor, type Fact } from "#kernel/kernel.js";
import { Optional } from "#platform/values/optional.js";
import { beforeTheBeginning, beyondTheEnd, malformed, notAllowedOrUnknown } from "#platform/http/problem.js";
import { IsInstant } from "#platform/values/time.js";
import { FromDigits, FromTruth } from "#platform/values/values.js";
import { GraphQLJSONObject } from "#projection/declare/scalars.js";
import { hashAfter, judgedAfter } from "#store/chain.js";
import { applied, locate } from "#store/states.js";
import { integrities, streamOf, worse, type Integrity, type StoredFact } from "#store/stored.js";
import type { Call, Operation } from "../operations/operation.js";

type FoldedState = Record<string, unknown>;

const integrityOf = (what: string): PropertyDecorator => {
  const description =
    `Whether ${what} as the application wrote it. "unmarked": from before facts were marked; "broken": it, or what stood before it, was ` +
    `changed since; "forged": the application did not write it, and it counts nowhere.`;
  return (target, key) => {
    Field(() => String, { description })(target, key);
    ApiProperty({ type: String, enum: [...integrities], description })(target, key);
  };
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
  @Field({ description: "When it happened" }) @ApiProperty({ format: "date-time" }) at!: string;
  @Field({ description: "When it was recorded" }) @ApiProperty({ format: "date-time" }) recordedAt!: string;
  @Field(() => GraphQLJSONObject, { description: "Who did it: id, role, organisation, shelter, district" })
  @ApiProperty({ type: "object", additionalProperties: true })
  by!: object;
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
  @Field(() => GraphQLJSONObject, { description: "Parts of the state that it changed: before and after" })
  @ApiProperty({ type: "object", additionalProperties: true })
  changed!: object;
  @Field({ description: "Of this fact and all before it: the link of the chain" }) @ApiProperty() hash!: string;
  @integrityOf("it is") integrity!: Integrity;
}

@ObjectType("HistoryPage")
export class HistoryPage {
  @Field(() => [HistoryEntry], { description: "In order" }) @ApiProperty({ type: [HistoryEntry] }) items!: HistoryEntry[];
  @Field(() => Int, { nullable: true, description: "Send it as `after` for the next page; null on the last one." })
  @ApiProperty({ type: "integer", nullable: true })
  next!: number | null;
  @integrityOf("everything up to the end of this page is") integrity!: Integrity;
}

/** A record as it was: codes, dates and ids; personal data is no part of it. */
@ObjectType("PastState")
export class PastState {
  @Field(() => Int, { description: "Of the last fact in it" }) @ApiProperty({ type: "integer" }) revision!: number;
  @Field(() => String, { description: "When that happened" }) @ApiProperty({ format: "date-time" }) at!: string;
  @Field(() => GraphQLJSONObject, { description: "Its codes, dates and ids, as far as you may see them" })
  @ApiProperty({ type: "object", additionalProperties: true })
  state!: object;
  @integrityOf("everything up to then is") integrity!: Integrity;
}

/** A GraphQL Int holds no more. */
const mostRevision = 2 ** 31 - 1;

export class HistoryParameters {
  @Described("How many entries a page has") @Optional() @FromDigits() @IsInt() @Min(1) @Max(200) first?: number;
  @Described("The `next` of the page before") @Optional() @FromDigits() @IsInt() @Min(0) @Max(mostRevision) after?: number;
  @Described("With what was asked for and changed nothing") @Optional() @FromTruth() @IsBoolean() nothingChanged?: boolean;
}

export class PastStateParameters {
  @Described("As of this fact; not said: the last") @Optional() @FromDigits() @IsInt() @Min(0) @Max(mostRevision) revision?: number;
  @Described("As of this instant, by when things happened") @Optional() @IsInstant() asOf?: string;
}

/** What happened to a record, and its state as of a revision or an instant. */
export const historyOf = (about: ProtectedRecord, permission: OperationPermission): Operation[] => {
  const { name } = about.of;
  const shared = { kind: "query" as const, tag: `${name}s`, permission, about };
  return [
    {
      ...shared,
      name: `${name}History`,
      path: `/${name}s/{id}/history`,
      summary: "everything that happened, in order",
      input: HistoryParameters,
      returns: HistoryPage,
      run: (call) => history(about, seesOf(call.actor, about.belongsTo(call.id), call.standing), call),
    },
    {
      ...shared,
      name: `${name}State`,
      path: `/${name}s/{id}/state`,
      summary: "the state as of a revision, or of an instant (`asOf`, by when things happened)",
      input: PastStateParameters,
      returns: PastState,
      problems: { 404: ["BeyondTheEnd", "BeforeTheBeginning"] },
      run: (call) => pastState(about, call),
    },
  ];
};

/** Who saw the record's personal data, and who asked for it in vain. */
export const accessTo = (about: ProtectedRecord, permission: OperationPermission): Operation => ({
  name: `${about.of.name}Access`,
  kind: "query",
  path: `/${about.of.name}s/{id}/access`,
  summary: "who saw personal data",
  tag: `${about.of.name}s`,
  input: HistoryParameters,
  returns: HistoryPage,
  permission,
  about,
  run: (call) => history(accessRecord, seesOf(call.actor, about.belongsTo(call.id), call.standing), call),
});

async function history(told: ProtectedRecord, sees: Sees, { id, input, services }: Call) {
  const { of } = told;
  const { first = 50, after, nothingChanged = false } = input as HistoryParameters;
  const items: HistoryEntry[] = [];
  let state: FoldedState = of.initial as FoldedState;
  let [more, whole] = [false, "intact" as Integrity];
  for await (const { stored, integrity } of judged(services, streamOf(of.name, id))) {
    const next = integrity === "forged" ? state : applied(of, state, stored);
    const isAsked = nothingChanged || !changesNothing(stored.type);
    if (isAsked && (after === undefined || stored.revision > BigInt(after))) {
      if (items.length === first) {
        more = true;
        break;
      }
      items.push(integrity === "forged" ? forgedEntry(told, stored) : entry(told, sees, { stored, integrity }, [state, next]));
    }
    whole = worse(whole, integrity);
    state = next;
  }
  return { body: { items, next: more ? items.at(-1)!.revision : null, integrity: whole } };
}

async function pastState({ of, ...about }: ProtectedRecord, { actor, id, input, services, standing }: Call) {
  const { revision, asOf } = input as PastStateParameters;
  if (revision !== undefined && asOf !== undefined) throw malformed("asOf", "left out where `revision` is given");
  const until = asOf === undefined ? undefined : new Date(asOf).toISOString();
  let state: FoldedState = of.initial as FoldedState;
  let last: StoredFact | undefined;
  let [first, end]: (StoredFact | undefined)[] = [];
  let whole: Integrity = "intact";
  for await (const { stored, integrity } of judged(services, streamOf(of.name, id))) {
    if (integrity !== "forged") first ??= stored;
    end = stored;
    if (revision !== undefined && stored.revision > BigInt(revision)) break;
    whole = worse(whole, integrity);
    if (integrity === "forged" || (until !== undefined && stored.metadata.at > until)) continue;
    state = applied(of, state, stored);
    last = stored;
  }
  if (!first || !end) throw notAllowedOrUnknown();
  if (revision !== undefined && end.revision < BigInt(revision)) throw beyondTheEnd(Number(end.revision));
  if (!last) throw beforeTheBeginning(first.metadata.at);
  const seen = shown({ ...about.derived(state), ...state }, about.state, seesOf(actor, about.belongsTo(id), standing)) ?? {};
  const body = { revision: Number(last.revision), at: last.metadata.at, state: seen, integrity: whole };
  return { body, revision: last.revision };
}

interface JudgedFact {
  readonly stored: StoredFact;
  readonly integrity: Integrity;
}

/** A stream from its start, each fact judged with the one before it. */
async function* judged({ log }: Call["services"], stream: string): AsyncGenerator<JudgedFact> {
  let hash = "";
  for await (const stored of log.readStream(stream)) {
    yield { stored, integrity: judgedAfter(hash, stored) };
    hash = hashAfter(hash, stored);
  }
}

/** Its place, and that it is there. What a stranger wrote is told to nobody as if somebody here had said it. */
const forgedEntry = ({ of }: ProtectedRecord, { revision, id, type, recordedAt }: StoredFact): HistoryEntry => ({
  revision: Number(revision),
  id,
  type: knows(of, type) ? type : "Unknown",
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
  hash: "",
  integrity: "forged",
});

function entry(
  told: ProtectedRecord,
  sees: Sees,
  { stored, integrity }: JudgedFact,
  states: readonly [FoldedState, FoldedState],
): HistoryEntry {
  const { revision, id, type, recordedAt, personal = {}, metadata } = stored;
  const { data } = locate(told.of, stored) as unknown as Fact;
  return {
    revision: Number(revision),
    id,
    type,
    at: metadata.at,
    recordedAt,
    by: whoActed(metadata.by, sees),
    purpose: metadata.purpose,
    source: metadata.source,
    lateReason: metadata.lateReason ?? null,
    imported: metadata.imported ?? null,
    commandId: metadata.commandId,
    data: shown(data, Object.hasOwn(told.facts, type) ? told.facts[type] : undefined, sees) ?? {},
    sealed: [...new Set(Object.values(personal).flatMap((classes) => Object.keys(classes)))].sort(),
    changed: changedParts(told, sees, states),
    hash: metadata.hash,
    integrity,
  };
}

/** Where somebody works tells where those stay for whom she works. */
const whoActed = ({ shelter, ...by }: Actor, sees: Sees): object => ({
  ...by,
  ...(shelter !== undefined && shown(shelter, theShelter, sees) !== null && { shelter }),
});

function changedParts({ state, derived }: ProtectedRecord, sees: Sees, states: readonly [FoldedState, FoldedState]): object {
  const [before, after] = states.map((each) => ({ ...derived(each), ...each })) as [FoldedState, FoldedState];
  const topics = Object.keys(after).filter((topic) => before[topic] !== after[topic]);
  const seen = (of: FoldedState) =>
    shown(Object.fromEntries(topics.map((topic) => [topic, of[topic]])), state, sees) as FoldedState | undefined;
  const [was = {}, is = {}] = [seen(before), seen(after)];
  const changed = topics.filter((topic) => !isDeepStrictEqual(was[topic], is[topic]));
  return Object.fromEntries(changed.map((topic) => [topic, { before: was[topic], after: is[topic] }]));
}
