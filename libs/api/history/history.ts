import { collectionOf, inAName } from "#platform/values/addresses.js";
import { Field, Int, ObjectType } from "@nestjs/graphql";
import { ApiProperty } from "@nestjs/swagger";
import { IsBoolean, IsIn, IsInt, Matches, Max, Min } from "class-validator";
import { shown, type Sees } from "#access/areas.js";
import { accessRecord } from "#access/disclosure.js";
import type { OperationPermission } from "#access/decide.js";
import { seesOf, type ProtectedRecord } from "#access/record.js";
import { markedAmong } from "#kernel/corrections.js";
import { Described } from "#kernel/described.js";
import { changesNothing, type Actor } from "#kernel/kernel.js";
import { Optional } from "#platform/values/optional.js";
import { beforeTheBeginning, beyondTheEnd, malformed, notAllowedOrUnknown } from "#platform/http/problem.js";
import { IsInstant } from "#platform/values/time.js";
import { FromDigits, FromTruth } from "#platform/values/values.js";
import { GraphQLJSONObject } from "#projection/declare/scalars.js";
import { streamOf, worse, type Integrity, type StoredFact } from "#store/stored.js";
import type { Call, Operation } from "../operations/operation.js";
import { entry, forgedEntry, HistoryEntry, integrityOf, type JudgedFact } from "./entries.js";
import { backwards, forwards, timeline } from "./pages.js";
import { steps, without } from "./snapshots.js";

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

/** By when it was recorded, or by when it happened. */
const orders = ["revision", "-revision", "at", "-at"] as const;

export class HistoryParameters {
  @Described("How many entries a page has") @Optional() @FromDigits() @IsInt() @Min(1) @Max(200) first?: number;
  @Described("The `next` of the page before") @Optional() @FromDigits() @IsInt() @Min(0) @Max(mostRevision) after?: number;
  @Described("Only facts of this type, such as `ConsentGiven`")
  @Optional()
  @Matches(/^[A-Z][A-Za-z]{0,99}$/, { message: "$property must be a type of fact, of letters" })
  type?: string;
  @Described("Only what this person did: her id")
  @Optional()
  @Matches(/^[\w|:.-]{1,100}$/, { message: "$property must be the id of a person, of letters, digits and | : . - _" })
  by?: string;
  @Described("Only what happened from then on") @Optional() @IsInstant() from?: string;
  @Described("Only what happened before then") @Optional() @IsInstant() until?: string;
  @Described("The order: as recorded (`revision`), or as it happened, what was told late in its place (`at`); with `-`: the newest first")
  @Optional()
  @IsIn(orders)
  sort?: (typeof orders)[number];
  @Described("With what was asked for and changed nothing") @Optional() @FromTruth() @IsBoolean() nothingChanged?: boolean;
}

export class PastStateParameters {
  @Described("As of this fact; not said: the last") @Optional() @FromDigits() @IsInt() @Min(0) @Max(mostRevision) revision?: number;
  @Described("As of this instant, by when things happened") @Optional() @IsInstant() asOf?: string;
  @Described("As it was known at this instant, by when things were recorded; with `asOf`: both") @Optional() @IsInstant() knownAt?: string;
}

/** What happened to a record, and its state as of a revision or an instant. */
export const historyOf = (about: ProtectedRecord, permission: OperationPermission): Operation[] => {
  const { name } = about.of;
  const shared = { kind: "query" as const, tag: collectionOf(name), permission, about };
  return [
    {
      ...shared,
      name: `${inAName(name)}History`,
      path: `/${collectionOf(name)}/{id}/history`,
      summary: "everything that happened, in order",
      input: HistoryParameters,
      returns: HistoryPage,
      run: (call) => history(about, seesOf(call.actor, about.belongsTo(call.id), call.standing), call),
    },
    {
      ...shared,
      name: `${inAName(name)}State`,
      path: `/${collectionOf(name)}/{id}/state`,
      summary:
        "the state as of a revision, or of an instant: by when things happened (`asOf`), by when they were recorded (`knownAt`), or both",
      input: PastStateParameters,
      returns: PastState,
      problems: { 404: ["BeyondTheEnd", "BeforeTheBeginning"] },
      run: (call) => pastState(about, call),
    },
  ];
};

/** Who saw the record's personal data, and who asked for it in vain. */
export const accessTo = (about: ProtectedRecord, permission: OperationPermission): Operation => ({
  name: `${inAName(about.of.name)}Access`,
  kind: "query",
  path: `/${collectionOf(about.of.name)}/{id}/access`,
  summary: "who saw personal data",
  tag: collectionOf(about.of.name),
  input: HistoryParameters,
  returns: HistoryPage,
  permission,
  about,
  run: (call) => history(accessRecord, seesOf(call.actor, about.belongsTo(call.id), call.standing), call),
});

/** Is this fact asked for? What a stranger wrote was done by nobody here, at no time that could be believed. */
const asked = ({ type, by, from, until, nothingChanged = false }: HistoryParameters) => {
  const [after, before] = [from, until].map((each) => each && new Date(each).toISOString());
  return ({ stored: { metadata, ...stored }, integrity }: JudgedFact): boolean => {
    if ((type !== undefined && stored.type !== type) || (!nothingChanged && changesNothing(stored.type))) return false;
    if (by === undefined && !after && !before) return true;
    return (
      integrity !== "forged" &&
      (by ?? metadata.by.id) === metadata.by.id &&
      !(after && metadata.at < after) &&
      !(before && metadata.at >= before)
    );
  };
};

async function history(told: ProtectedRecord, sees: Sees, { actor, id, input, services }: Call) {
  const { first = 50, after, sort = "revision", ...rest } = input as HistoryParameters;
  const stream = streamOf(told.of.name, id);
  const asking = { stream, isAsked: asked(rest), first, last: after === undefined ? undefined : BigInt(after) };
  const { page, more, whole } = await pages[sort](told, services, asking);
  const { marked } = Object.keys(told.of.corrections).length > 0 ? await services.changes.states.fresh(told.of, id) : nothingMarked;
  const entries = page.map(({ states, ...judged }) =>
    judged.integrity === "forged"
      ? forgedEntry(told, judged.stored, services.factWords)
      : { ...entry(told, sees, judged, states, services.factWords), erroneous: marked.has(judged.stored.id) },
  );
  const items = await named(entries, actor, services);
  return { body: { items, next: more ? items.at(-1)!.revision : null, integrity: whole } };
}

const pages = { revision: forwards, "-revision": backwards, at: timeline(1), "-at": timeline(-1) };

const nothingMarked: { readonly marked: ReadonlySet<string> } = { marked: new Set() };

/** Whoever did it by name, where whoever asks may know it. */
async function named(items: readonly HistoryEntry[], actor: Actor, { people }: Call["services"]): Promise<HistoryEntry[]> {
  const names = await people.names(
    items.flatMap(({ by }) => by.id ?? []),
    actor,
  );
  return items.map((each) => {
    const name = each.by.id === undefined ? undefined : names.get(each.by.id);
    return name === undefined ? each : { ...each, by: { ...each.by, name } };
  });
}

async function pastState({ of, ...about }: ProtectedRecord, { actor, id, input, services, standing }: Call) {
  const { revision, asOf, knownAt } = input as PastStateParameters;
  for (const [name, given] of Object.entries({ asOf, knownAt }))
    if (revision !== undefined && given !== undefined) throw malformed(name, "left out where `revision` is given");
  const [until, toldBy] = [asOf, knownAt].map((each) => each && new Date(each).toISOString());
  const known: StoredFact[] = [];
  let last: StoredFact | undefined;
  let [first, end]: (StoredFact | undefined)[] = [];
  let whole: Integrity = "intact";
  // What was told late happened before what stands before it: as of an instant, all facts are looked through.
  const stream = streamOf(of.name, id);
  for await (const { stored, integrity } of steps(services, of, stream, services.snapshots.before(of, stream, 0n))) {
    if (integrity !== "forged") first ??= stored;
    end = stored;
    if ((revision !== undefined && stored.revision > BigInt(revision)) || (toldBy && stored.recordedAt > toldBy)) break;
    whole = worse(whole, integrity);
    if (integrity === "forged") continue;
    known.push(stored);
    if (!(until && stored.metadata.at > until)) last = stored;
  }
  if (!first || !end) throw notAllowedOrUnknown();
  if (revision !== undefined && end.revision < BigInt(revision)) throw beyondTheEnd(Number(end.revision));
  if (!last) throw beforeTheBeginning(toldBy ? first.recordedAt : first.metadata.at);
  // What is known to be a mistake was never so, whenever that was said.
  const happened = known.filter(({ metadata }) => !(until && metadata.at > until));
  const state = without(of, happened, markedAmong(known));
  const seen = shown({ ...about.derived(state), ...state }, about.state, seesOf(actor, about.belongsTo(id), standing)) ?? {};
  const body = { revision: Number(last.revision), at: last.metadata.at, state: seen, integrity: whole };
  return { body, revision: last.revision };
}
