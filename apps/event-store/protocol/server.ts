import { randomUUID } from "node:crypto";
import { Server, type sendUnaryData } from "@grpc/grpc-js";
import type { SupportedMethods } from "@eventstore/db-client/generated/serverfeatures_pb.js";
import type { ClusterInfo } from "@eventstore/db-client/generated/gossip_pb.js";
import type { Access, IncomingCall } from "./access.js";
import { append } from "./append.js";
import { failureOf } from "./failure.js";
import { batchAppend } from "./batch-append.js";
import { checkFields } from "./guard/fields.js";
import { guardOf } from "./guard/incoming.js";
import {
  features,
  gossip,
  GossipService,
  OperationsService,
  PersistentSubscriptionsService,
  ServerFeaturesService,
  shared,
  StreamsService,
  UsersService,
} from "./generated.js";
import { managementOf } from "./groups/manage.js";
import { readGroup } from "./groups/read.js";
import type { Node } from "./node.js";
import { operationsOf } from "./operations.js";
import { read } from "./read.js";
import { userManagementOf } from "./users.js";
import { remove, tombstone } from "./remove.js";

/** The official client sends as much, and the refusal of what is too large is worth reading it. */
const largestMessage = 17 * 1_024 * 1_024;
/** What one connection may have waiting to be sent, in megabytes. */
const sessionMegabytes = 128;

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
  ...["create", "update", "delete", "disable", "enable", "details", "changepassword", "resetpassword"].map(
    (method) => ["event_store.client.users.users", method, []] as const,
  ),
  ...["startscavenge", "stopscavenge", "restartpersistentsubscriptions"].map(
    (method) => ["event_store.client.operations.operations", method, []] as const,
  ),
  ["event_store.client.gossip.gossip", "read", []],
  ["event_store.client.server_features.serverfeatures", "getsupportedmethods", []],
];

/** What reads send is bytes already where it is an event. */
const written = (message: Uint8Array | { serializeBinary(): Uint8Array }): Buffer =>
  Buffer.isBuffer(message) ? message : Buffer.from("serializeBinary" in message ? message.serializeBinary() : message);

type Method = (typeof StreamsService)[string];

/** The fields are counted before they become objects. */
const counted = (method: Method, eventField: number): Method => ({
  ...method,
  requestDeserialize: (bytes: Buffer) => {
    checkFields(bytes, eventField);
    return method.requestDeserialize(bytes) as unknown;
  },
});

const ownStreams = {
  ...StreamsService,
  read: { ...StreamsService["read"]!, responseSerialize: written },
  append: counted(StreamsService["append"]!, 2),
  batchAppend: counted(StreamsService["batchAppend"]!, 3),
};

const ownGroups = {
  ...PersistentSubscriptionsService,
  read: { ...PersistentSubscriptionsService["read"]!, responseSerialize: written },
};

/** The gRPC server with everything it can do; not yet listening. `used`: told of the address and port that a call came from. */
export function serverOf(node: Node, used: (peer: string) => void): { server: Server; endCalls: () => void } {
  const { access, limits, room, address } = node;
  const guard = guardOf({ access, limits, room, used });
  const server = new Server({
    "grpc.max_receive_message_length": largestMessage,
    "grpc.max_send_message_length": -1,
    "grpc.max_concurrent_streams": limits.callsPerConnection,
    "grpc.keepalive_time_ms": limits.keepaliveSeconds * 1_000,
    "grpc.keepalive_timeout_ms": limits.keepaliveTimeoutSeconds * 1_000,
    "grpc-node.max_session_memory": sessionMegabytes,
    "grpc.enable_channelz": 0,
    interceptors: [guard.interceptor],
  });
  server.addService(ownStreams, {
    append: append(node),
    batchAppend: batchAppend(node),
    read: read(node),
    delete: remove(node),
    tombstone: tombstone(node),
  } as never);
  server.addService(ownGroups, { ...managementOf(node), read: readGroup(node) } as never);
  server.addService(ServerFeaturesService, {
    getSupportedMethods: openToAll(access, () => supportedMethods()),
  } as never);
  server.addService(GossipService, {
    read: openToAll(access, () => cluster(address())),
  } as never);
  server.addService(OperationsService, operationsOf(node, node.scavenges) as never);
  // Without users there is nobody to look after, and the service is not there.
  if (node.users) server.addService(UsersService, userManagementOf(access, node.users) as never);
  return { server, endCalls: () => guard.end() };
}

/** Open to whoever has not signed in, but not to whoever tries with a wrong password. */
const openToAll =
  <Response>(access: Access, response: () => Response) =>
  (call: IncomingCall, answer: sendUnaryData<Response>): void => {
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
