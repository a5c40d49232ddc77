import type { sendUnaryData, ServerUnaryCall } from "@grpc/grpc-js";
import type * as messages from "@eventstore/db-client/generated/persistent_pb.js";
import { GroupProblem } from "../../groups/groups.js";
import type { IncomingCall } from "../access.js";
import type { Node } from "../node.js";
import { nameOf } from "../proposed.js";
import { persistent, shared } from "../generated.js";
import { groupFailureOf } from "./failures.js";
import { infoOf } from "./info.js";
import { givenFilterOf, groupNameOf, settingsOf } from "./requests.js";

/** A call that is answered once. */
const unary =
  <Request, Response>(permitted: (call: IncomingCall) => Promise<void>, work: (request: Request) => Promise<Response>) =>
  (call: ServerUnaryCall<Request, Response>, answer: sendUnaryData<Response>): void => {
    permitted(call)
      .then(() => work(call.request))
      .then(
        (response) => answer(null, response),
        (error: unknown) => answer(groupFailureOf(error)),
      );
  };

const managed =
  ({ access }: Node) =>
  (call: IncomingCall) =>
    access.requireGroups(call, "manage");
const watched =
  ({ access }: Node) =>
  (call: IncomingCall) =>
    access.requireGroups(call, "watch");

/** `PersistentSubscriptions`, all but its `Read`. */
export const managementOf = (node: Node) => ({ ...changesOf(node), ...questionsOf(node), ...parkedAndRestartOf(node) });

const changesOf = (node: Node) => ({
  create: unary(managed(node), async (request: messages.CreateReq) => {
    const group = groupNameOf(request.getOptions());
    await node.groups.create(group, settingsOf(request.getOptions()!), givenFilterOf(request.getOptions()!));
    return new persistent.CreateResp();
  }),
  update: unary(managed(node), async (request: messages.UpdateReq) => {
    const group = groupNameOf(request.getOptions());
    await node.groups.update(group, settingsOf(request.getOptions()!));
    return new persistent.UpdateResp();
  }),
  delete: unary(managed(node), async (request: messages.DeleteReq) => {
    await node.groups.remove(groupNameOf(request.getOptions()));
    return new persistent.DeleteResp();
  }),
});

const questionsOf = (node: Node) => ({
  getInfo: unary(watched(node), async (request: messages.GetInfoReq) => {
    const group = node.groups.get(groupNameOf(request.getOptions()));
    return new persistent.GetInfoResp().setSubscriptionInfo(await infoOf(group));
  }),
  list: unary(watched(node), async (request: messages.ListReq) => {
    const about = request.getOptions()?.getListForStream();
    const source = about ? (about.hasAll() ? "$all" : nameOf(about.getStream())) : null;
    const groups = node.groups.list(source);
    return new persistent.ListResp().setSubscriptionsList(await Promise.all(groups.map((group) => infoOf(group))));
  }),
});

const parkedAndRestartOf = (node: Node) => ({
  replayParked: unary(managed(node), async (request: messages.ReplayParkedReq) => {
    const options = request.getOptions();
    const name = groupNameOf(options);
    const stopAt = options!.hasStopAt() ? BigInt(options!.getStopAt()) : null;
    const group = node.groups.get(name);
    if (stopAt !== null && stopAt < 0n) throw new GroupProblem("failed", name, "Parked events are replayed up to a revision of 0 or more.");
    await group.replayParked(stopAt);
    return new persistent.ReplayParkedResp();
  }),
  restartSubsystem: unary(managed(node), async () => {
    await node.groups.restart();
    return new shared.Empty();
  }),
});
