import Fastify, { type FastifyRequest } from "fastify";
import { EventStoreDBClient, jsonEvent } from "@eventstore/db-client";
import { randomUUID } from "node:crypto";

// The least a change by HTTP can be: a route that checks nothing, keeps nothing and appends one event.

const client = EventStoreDBClient.connectionString(process.argv[2]!);
const server = Fastify();
const data = { filler: "x".repeat(330) };
const append = async ({ params }: FastifyRequest) => {
  const { stream } = params as { stream: string };
  const { nextExpectedRevision } = await client.appendToStream(
    stream,
    jsonEvent({ id: randomUUID(), type: "Bench", data, metadata: data }),
  );
  return { id: stream, revision: Number(nextExpectedRevision) };
};
server.route({ method: "POST", url: "/v1/streams/:stream/append", handler: append });
const address = await server.listen({ port: 0, host: "127.0.0.1" });
process.send?.({ ready: address });
process.once("disconnect", () => process.exit(0));
