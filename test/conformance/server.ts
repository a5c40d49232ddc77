import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { type ChannelCredentials, credentials, Metadata } from "@grpc/grpc-js";
import { type AppendExpectedRevision, type EventData, EventStoreDBClient, jsonEvent } from "@eventstore/db-client";

/** Whether the server under test is our own. */
export const embedded = !process.env["EVENTSTORE_URL"];

/** Where EventStoreDB 23.10 is known to do worse: shown of our own server only. */
export const better = embedded ? test : test.skip;

export const url = process.env["CONFORMANCE_URL"]!;

/** For calls beside the client: TLS and the user as the address of the server says. */
export function rawCredentials(): ChannelCredentials {
  const { username, password, searchParams } = new URL(url);
  if (searchParams.get("tls") === "false") return credentials.createInsecure();
  const authority = searchParams.get("tlsCAFile");
  const signedIn = new Metadata();
  signedIn.set("authorization", `Basic ${Buffer.from(`${username}:${password}`).toString("base64")}`);
  return credentials.combineChannelCredentials(
    credentials.createSsl(authority ? readFileSync(authority) : null),
    credentials.createFromMetadataGenerator((_, done) => done(null, signedIn)),
  );
}

/** The unmodified official client. */
export const client = EventStoreDBClient.connectionString(url);
afterAll(() => client.dispose());

/** A stream that nobody has used. */
export const newStream = (): string => `conformance-${randomUUID()}`;

export const events = (count: number, type = "Happened"): EventData[] =>
  Array.from({ length: count }, (_, index) => jsonEvent({ type, data: { index }, metadata: { by: "nobody" } }));

/** Appends so many new events. */
export const append = (stream: string, expectedRevision: AppendExpectedRevision, count = 1) =>
  client.appendToStream(stream, events(count), { expectedRevision });

/** A stream with so many events in it. */
export async function streamOf(count: number): Promise<string> {
  const stream = newStream();
  await append(stream, "no_stream", count);
  return stream;
}

/** The same, then deleted. */
export async function deletedStreamOf(count: number): Promise<string> {
  const stream = await streamOf(count);
  await client.deleteStream(stream);
  return stream;
}

/** Everything a read gives, or the first of what a subscription gives. */
export async function take<T>(source: AsyncIterable<T>, count = Infinity): Promise<T[]> {
  const taken: T[] = [];
  for await (const each of source) {
    taken.push(each);
    if (taken.length === count) break;
  }
  return taken;
}

type Read = AsyncIterable<{ event?: { id: string; revision: bigint } }>;
export const revisionsOf = async (read: Read): Promise<number[]> => (await take(read)).map(({ event }) => Number(event!.revision));
export const idsOf = async (read: Read): Promise<string[]> => (await take(read)).map(({ event }) => event!.id);
export const range = (from: number, to: number): number[] => Array.from({ length: to - from }, (_, index) => from + index);
