import { randomUUID } from "node:crypto";
import { Server, type sendUnaryData } from "@grpc/grpc-js";
import type { SupportedMethods } from "@eventstore/db-client/generated/serverfeatures_pb.js";
import type { ClusterInfo } from "@eventstore/db-client/generated/gossip_pb.js";
import type { Live } from "../live.js";
import type { Reading } from "../storage/reading.js";
import type { Writer } from "../writer.js";
import type { Access, Asked } from "./access.js";
import { append } from "./append.js";
import { failureOf } from "./failure.js";
import { batchAppend } from "./batch-append.js";
import type { Groups } from "../groups/groups.js";
import {
  features,
  gossip,
  GossipService,
  PersistentSubscriptionsService,
  ServerFeaturesService,
  shared,
  StreamsService,
} from "./generated.js";
import { managementOf } from "./groups/manage.js";
import { readGroup } from "./groups/read.js";
import { read } from "./read.js";
import { remove, tombstone } from "./remove.js";

/** The version whose behaviour this server keeps to. */
const serverVersion = "23.10.8";
const supported: readonly (readonly [string, string, readonly string[]])[] = [
  ["event_store.client.streams.streams", "append", []],
  ["event_store.client.streams.streams", "batchappend", ["deadline_duration"]],
  ["event_store.client.streams.streams", "read", ["position", "events"]],
  ["event_store.client.streams.streams", "delete", []],
  ["event_store.client.streams.streams", "tombstone", []],
  ...["create", "update", "delete", "read", "getinfo", "list", "replayparked", "restartsubsystem"].map(
    (method) => ["event_store.client.persistent_subscriptions.persistentsubscriptions", method, ["stream", "all"]] as const,
  ),
  ["event_store.client.gossip.gossip", "read", []],
  ["event_store.client.server_features.serverfeatures", "getsupportedmethods", []],
];

/** What the services work on. `address`: where clients reach the server. */
export interface Node {
  readonly writer: Writer;
  readonly reading: Reading;
  readonly live: Live;
  readonly groups: Groups;
  readonly access: Access;
  readonly address: () => { readonly host: string; readonly port: number };
}

/** The gRPC server with everything it can do; not yet listening. */
export function serverOf({ writer, reading, live, groups, access, address }: Node): Server {
  const server = new Server({ "grpc.max_receive_message_length": 17 * 1024 * 1024, "grpc.max_send_message_length": -1 });
  server.addService(StreamsService, {
    append: append(writer, access),
    batchAppend: batchAppend(writer, access),
    read: read(reading, live, access),
    delete: remove(writer, access),
    tombstone: tombstone(writer, access),
  } as never);
  server.addService(PersistentSubscriptionsService, { ...managementOf(groups, access), read: readGroup(groups, access) } as never);
  server.addService(ServerFeaturesService, {
    getSupportedMethods: told(access, () => supportedMethods()),
  } as never);
  server.addService(GossipService, {
    read: told(access, () => cluster(address())),
  } as never);
  return server;
}

/** Open to whoever has not signed in, but not to whoever tries with a wrong password. */
const told =
  <Response>(access: Access, response: () => Response) =>
  (call: Asked, answer: sendUnaryData<Response>): void => {
    access.callerOf(call).then(
      () => answer(null, response()),
      (error: unknown) => answer(failureOf(error)),
    );
  };

const supportedMethods = (): SupportedMethods =>
  new features.SupportedMethods().setEventStoreServerVersion(serverVersion).setMethodsList(
    supported.map(([service, method, list]) =>
      new features.SupportedMethod()
        .setServiceName(service)
        .setMethodName(method)
        .setFeaturesList([...list]),
    ),
  );

const instance = randomUUID();

/** A cluster of one, its only member the leader. */
const cluster = ({ host, port }: ReturnType<Node["address"]>): ClusterInfo => {
  const member = new gossip.MemberInfo()
    .setInstanceId(new shared.UUID().setString(instance))
    .setTimeStamp((BigInt(Date.now()) * 10_000n).toString())
    .setState(gossip.MemberInfo.VNodeState.LEADER)
    .setIsAlive(true)
    .setHttpEndPoint(new gossip.EndPoint().setAddress(host).setPort(port));
  return new gossip.ClusterInfo().setMembersList([member]);
};
