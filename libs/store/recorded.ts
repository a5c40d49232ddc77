import type { AllStreamRecordedEvent, RecordedEvent } from "@eventstore/db-client";
import type { Judge } from "./marks.js";
import type { Foreign, Metadata, StoredBody, StoredFact } from "./stored.js";

/** What the client tells of an event. Null: one of the store's own. */
export function recorded(event: RecordedEvent | AllStreamRecordedEvent | undefined): StoredFact | Foreign | null {
  if (!event || event.streamId.startsWith("$")) return null;
  const { streamId: stream, revision, id, type } = event;
  const place = { stream, revision, position: event.position!, id, type, recordedAt: event.created.toISOString() };
  // Links, tombstones and whatever else the store writes into a stream of ours tells nothing that could be folded.
  if (!event.isJson || type.startsWith("$") || !isBody(event.data) || !isMetadata(event.metadata)) return place;
  const { data, personal } = event.data;
  return { ...place, data, ...(personal && { personal }), metadata: event.metadata };
}

/** Makes facts of events as the client gives them. */
export type ReadEvent = typeof recorded;

/**
 * The same, with every fact judged. A stranger's event is then known for what it is, a fact that is forged: it stops nobody. What remains
 * foreign is what the store itself writes where a stream ends.
 */
export const judgedBy =
  (judge: Judge): ReadEvent =>
  (event) => {
    const read = recorded(event);
    if (!read || read.type === "$streamDeleted") return read;
    if (isForeign(read)) return { ...read, data: {}, metadata: {} as Metadata, integrity: "forged" };
    return { ...(read as StoredFact), integrity: judge.judge(read) };
  };

/** Facts and what is foreign, apart; each in the order in which it came. */
export function apart(events: readonly (StoredFact | Foreign)[]): { facts: StoredFact[]; foreign: Foreign[] } {
  const facts: StoredFact[] = [];
  const foreign: Foreign[] = [];
  for (const event of events)
    if (isForeign(event)) foreign.push(event);
    else facts.push(event);
  return { facts, foreign };
}

export const isForeign = (event: StoredFact | Foreign): event is Foreign => !("metadata" in event);

export const isFact = (event: StoredFact | Foreign): event is StoredFact => !isForeign(event);

/** The application did not write it: it counts nowhere. */
export const isForged = (event: StoredFact | Foreign): boolean => "integrity" in event && event.integrity === "forged";

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === "object" && value !== null && !Array.isArray(value);

const isBody = (value: unknown): value is StoredBody => {
  if (!isObject(value) || !isObject(value["data"])) return false;
  const { personal } = value;
  return personal === undefined || (isObject(personal) && Object.values(personal).every(isObject));
};

const texts = ["purpose", "commandId", "requestHash", "$correlationId", "$causationId", "source", "prev", "hash"];

const isMetadata = (value: unknown): value is Metadata => {
  if (!isObject(value) || !texts.every((name) => typeof value[name] === "string")) return false;
  const { schema, at, by } = value;
  if (!Number.isInteger(schema) || typeof at !== "string" || Number.isNaN(Date.parse(at))) return false;
  return isObject(by) && typeof by["id"] === "string" && typeof by["role"] === "string";
};
