import { type EventData, EventStoreDBClient, jsonEvent } from "@eventstore/db-client";

/** A client of the store at a url, gone with the test. */
const clients: EventStoreDBClient[] = [];
export const clientOf = (url: string): EventStoreDBClient => {
  const client = EventStoreDBClient.connectionString(url);
  clients.push(client);
  return client;
};
export const disposeClients = async (): Promise<void> => {
  await Promise.all(clients.splice(0).map((client) => client.dispose()));
};

export const events = (count: number, type = "CaseOpened"): EventData[] =>
  Array.from({ length: count }, (_, index) => jsonEvent({ type, data: { index }, metadata: { at: "now" } }));

/** Everything a read or a subscription gives until enough has come. */
export async function take<T>(source: AsyncIterable<T>, count: number): Promise<T[]> {
  const taken: T[] = [];
  for await (const each of source) {
    taken.push(each);
    if (taken.length === count) break;
  }
  return taken;
}

export async function all<T>(source: AsyncIterable<T>): Promise<T[]> {
  return take(source, Number.MAX_SAFE_INTEGER);
}
