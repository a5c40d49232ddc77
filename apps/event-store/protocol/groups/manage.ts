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

/** `PersistentSubscriptions`, all but its `Read`. */
export const managementOf = ({ groups, access }: Node) => {
  const manage = (call: IncomingCall) => access.requireGroups(call, "manage");
  const watch = (call: IncomingCall) => access.requireGroups(call, "watch");
  return {
    create: unary(manage, async (request: messages.CreateReq) => {
      const group = groupNameOf(request.getOptions());
      await groups.create(group, settingsOf(request.getOptions()!), givenFilterOf(request.getOptions()!));
      return new persistent.CreateResp();
    }),
    update: unary(manage, async (request: messages.UpdateReq) => {
      const group = groupNameOf(request.getOptions());
      await groups.update(group, settingsOf(request.getOptions()!));
      return new persistent.UpdateResp();
    }),
    delete: unary(manage, async (request: messages.DeleteReq) => {
      await groups.remove(groupNameOf(request.getOptions()));
      return new persistent.DeleteResp();
    }),
    getInfo: unary(watch, async (request: messages.GetInfoReq) => {
      const group = groups.get(groupNameOf(request.getOptions()));
      return new persistent.GetInfoResp().setSubscriptionInfo(await infoOf(group));
    }),
    list: unary(watch, async (request: messages.ListReq) => {
      const about = request.getOptions()?.getListForStream();
      const source = about ? (about.hasAll() ? "$all" : nameOf(about.getStream())) : null;
      return new persistent.ListResp().setSubscriptionsList(await Promise.all(groups.list(source).map((group) => infoOf(group))));
    }),
    replayParked: unary(manage, async (request: messages.ReplayParkedReq) => {
      const options = request.getOptions();
      const name = groupNameOf(options);
      const stopAt = options!.hasStopAt() ? BigInt(options!.getStopAt()) : null;
      const group = groups.get(name);
      if (stopAt !== null && stopAt < 0n)
        throw new GroupProblem("failed", name, "Parked events are replayed up to a revision of 0 or more.");
      await group.replayParked(stopAt);
      return new persistent.ReplayParkedResp();
    }),
    restartSubsystem: unary(manage, async () => {
      await groups.restart();
      return new shared.Empty();
    }),
  };
};
