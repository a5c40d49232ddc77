import { createRequire } from "node:module";

const load = createRequire(import.meta.url);

/** The messages and services of the protocol, as the official client ships them (CommonJS). */
export const streams = load(
  "@eventstore/db-client/generated/streams_pb.js",
) as typeof import("@eventstore/db-client/generated/streams_pb.js");
export const shared = load("@eventstore/db-client/generated/shared_pb.js") as typeof import("@eventstore/db-client/generated/shared_pb.js");
export const features = load(
  "@eventstore/db-client/generated/serverfeatures_pb.js",
) as typeof import("@eventstore/db-client/generated/serverfeatures_pb.js");
export const gossip = load("@eventstore/db-client/generated/gossip_pb.js") as typeof import("@eventstore/db-client/generated/gossip_pb.js");
export const status = load("@eventstore/db-client/generated/status_pb.js") as typeof import("@eventstore/db-client/generated/status_pb.js");
export const { Any } = load("google-protobuf/google/protobuf/any_pb.js") as typeof import("google-protobuf/google/protobuf/any_pb.js");
export const { Empty: ProtobufEmpty } = load(
  "google-protobuf/google/protobuf/empty_pb.js",
) as typeof import("google-protobuf/google/protobuf/empty_pb.js");

export const persistent = load(
  "@eventstore/db-client/generated/persistent_pb.js",
) as typeof import("@eventstore/db-client/generated/persistent_pb.js");

export const users = load("@eventstore/db-client/generated/users_pb.js") as typeof import("@eventstore/db-client/generated/users_pb.js");
export const operations = load(
  "@eventstore/db-client/generated/operations_pb.js",
) as typeof import("@eventstore/db-client/generated/operations_pb.js");

const services = (file: string) =>
  load(`@eventstore/db-client/generated/${file}_grpc_pb.js`) as Record<string, import("@grpc/grpc-js").ServiceDefinition>;
export const { StreamsService } = services("streams") as { StreamsService: import("@grpc/grpc-js").ServiceDefinition };
export const { ServerFeaturesService } = services("serverfeatures") as { ServerFeaturesService: import("@grpc/grpc-js").ServiceDefinition };
export const { GossipService } = services("gossip") as { GossipService: import("@grpc/grpc-js").ServiceDefinition };
export const { PersistentSubscriptionsService } = services("persistent") as {
  PersistentSubscriptionsService: import("@grpc/grpc-js").ServiceDefinition;
};
export const { UsersService } = services("users") as { UsersService: import("@grpc/grpc-js").ServiceDefinition };
export const { OperationsService } = services("operations") as { OperationsService: import("@grpc/grpc-js").ServiceDefinition };
