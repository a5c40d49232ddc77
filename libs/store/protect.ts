import { isDeepStrictEqual } from "node:util";
import { status } from "@grpc/grpc-js";
import { AccessDeniedError, BACKWARDS, END, StreamNotFoundError, jsonEvent, type EventStoreDBClient } from "@eventstore/db-client";
import { atLeader } from "./address.js";
import { Opened } from "./connection.js";
import { storeFailure } from "./failures.js";
import { isProtected, protecting, protectionOf, settingsStream, type Json } from "./protection.js";

/**
 * Lets the application's account alone write to the streams of a store: see protection.ts. `url` signs in as an administrator of it.
 * False: it was so already.
 */
export const protectStreams = (url: string, application: string): Promise<boolean> =>
  withClient(url, async (client) => {
    const last: Record<string, Json | undefined> = {};
    for (const stream of protecting) last[stream] = await lastBody(client, stream);
    const wanting = protectionOf(application, last).filter(({ stream, body }) => !isDeepStrictEqual(body, last[stream]));
    for (const { stream, type, body } of wanting) await client.appendToStream(stream, jsonEvent({ type, data: body as never }));
    return wanting.length > 0;
  });

/** The account by which an address of a store signs in; undefined: by none. */
export const accountOf = (url: string): string | undefined => {
  const name = /^[^/]*\/\/([^:@/?]+):[^@/?]*@/.exec(url)?.[1];
  return name && decodeURIComponent(name);
};

/**
 * A sentence where the store that this address signs in to does not protect the application's streams. Null: it does, or it cannot be
 * reached now, or it has no users to tell apart. @throws StoreRefused where the store does not accept the name or the password
 */
export async function unprotected(url: string): Promise<string | null> {
  const account = accountOf(url);
  if (!account) return null;
  try {
    const settings = await withClient(url, (client) => lastBody(client, settingsStream));
    if (isProtected(account, settings ?? {})) return null;
  } catch (error) {
    if (!(error instanceof AccessDeniedError)) return null;
    if (error.code === status.UNAUTHENTICATED) throw storeFailure(error);
  }
  return (
    `The event store lets others than ${account} write to, delete or truncate its streams. Protect them once, with the address of an ` +
    `administrator in EVENTSTORE_URL: npm run event-store -- protect ${account}`
  );
}

async function withClient<T>(url: string, work: (client: EventStoreDBClient) => Promise<T>): Promise<T> {
  const opened = new Opened(atLeader(url));
  try {
    return await work(opened.client);
  } finally {
    await opened.close();
  }
}

async function lastBody(client: EventStoreDBClient, stream: string): Promise<Json | undefined> {
  let last: Json | undefined;
  try {
    // To its end: a read that is left early keeps the client from being disposed of.
    for await (const { event } of client.readStream(stream, { direction: BACKWARDS, fromRevision: END, maxCount: 1 }))
      if (event?.isJson) last = event.data as Json;
  } catch (error) {
    if (!(error instanceof StreamNotFoundError)) throw error;
  }
  return last;
}
