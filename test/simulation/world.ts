import { aggregate, Refusal, slice, type Rule } from "#kernel/kernel.js";
import { Key, Text, ViewOf } from "#projection/declare/columns.js";
import { policy, type Policies, type Policy } from "#projection/declare/policy.js";
import { view, type View } from "#projection/declare/view.js";
import type { StoredFact } from "#store/stored.js";

/** A small world: some streams in which things are told; every view keeps the whole story, so that any loss, repetition or disorder shows. */
type ToldFact = { type: "Told"; data: { word: string; worker: string } };
type MarkFact = { type: "EntryMarkedErroneous"; data: { entry: string } };
const told = slice<ToldFact | MarkFact>()<object>({}, { Told: (state) => state, EntryMarkedErroneous: (state) => state }, {}, { Told: [] });
export const stories = aggregate("story", { told });

@ViewOf("Story")
export class StoryView {
  @Key() id!: string;
  @Text() story!: string;
}
@ViewOf("ParkingStory")
export class ParkingStoryView {
  @Key() id!: string;
  @Text() story!: string;
}
@ViewOf("WorkerStory")
export class WorkerStoryView {
  @Key() id!: string;
  @Text() story!: string;
}

const retold = (row: { story: string } | null, id: string, word: string) => ({ id, story: `${row?.story ?? ""}${word}` });

/** Among how many partitions the work on views is divided. */
export const partitions = 3;

/** Words that a view cannot take: its handler throws, or its database refuses the row. */
export const unspeakable = "?";
export const refused = "!";

export const views: readonly View[] = [
  view(stories)(StoryView, {
    version: 1,
    key: ({ streamId }) => streamId,
    project: { Told: (row, { streamId, data: { word } }) => retold(row, streamId, word.replace(unspeakable, "x").replace(refused, "y")) },
  }),
  view(stories)(ParkingStoryView, {
    version: 1,
    onPoison: "park",
    key: ({ streamId }) => streamId,
    project: {
      Told: (row, { streamId, data: { word } }) => {
        if (word === unspeakable) throw new Error("unspeakable");
        return retold(row, streamId, word);
      },
    },
  }),
  view(stories)(WorkerStoryView, {
    version: 1,
    key: ({ data }) => ("worker" in data ? data.worker : ""),
    routeBy: ({ data }) => ("worker" in data ? data.worker : ""),
    project: { Told: (row, { data: { word, worker } }) => retold(row, worker, word.replace(unspeakable, "x").replace(refused, "y")) },
  }),
] as readonly View<any, any>[] as readonly View[];

/** What is told in a story is heard of elsewhere, except for one word that nobody there may hear. */
type HeardFact = { type: "Heard"; data: { word: string } };
const heard = slice<HeardFact>()<readonly string[]>([], { Heard: (words, { word }) => [...words, word] });
export const echoes = aggregate("echo", { heard });
export const unheard = "h";
const hear: Rule<unknown, { word: string }, HeardFact> = (_, { word }) => {
  if (word === unheard) throw new Refusal("NotHeard");
  return [{ type: "Heard", data: { word } }];
};
/** What people say there themselves. */
export const sayAloud: Rule<unknown, { word: string }, HeardFact> = (_, { word }) => [{ type: "Heard", data: { word } }];
/** The same policy; after a rename its rule is called otherwise and its request is another. */
export const policiesOf = (isRenamed: boolean): Policies => {
  const hearRenamed: typeof hear = (...given) => hear(...given);
  return [
    policy(stories)("hears", {
      Told: ({ streamId, data: { word } }) => {
        if (word === unspeakable) throw new Error("unspeakable");
        return isRenamed
          ? { of: echoes, id: streamId, rule: hearRenamed, request: { word, tone: "other" } }
          : { of: echoes, id: streamId, rule: hear, request: { word } };
      },
    }) as Policy<any>,
  ];
};

/** The n-th fact of the log; where it names an entry, that one was a mistake. */
export function factAt(position: number, stream: string, revision: number, data: ToldFact["data"] | MarkFact["data"]): StoredFact {
  const at = "2026-01-10T08:00:00.000Z";
  return {
    stream,
    revision: BigInt(revision),
    position: { commit: BigInt(position), prepare: BigInt(position) },
    id: `fact-${position}`,
    type: "entry" in data ? "EntryMarkedErroneous" : "Told",
    data,
    recordedAt: at,
    metadata: {
      schema: 1,
      at,
      by: { id: "amina", role: "shelter-case-manager" },
      purpose: "CaseManagement",
      source: "api",
      prev: "",
      hash: "",
      commandId: "1",
      requestHash: "",
      $correlationId: "1",
      $causationId: "1",
    },
  };
}
