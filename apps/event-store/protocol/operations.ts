import { status, type sendUnaryData, type ServerUnaryCall } from "@grpc/grpc-js";
import type * as messages from "@eventstore/db-client/generated/operations_pb.js";
import { mayManageGroups } from "../semantics/access.js";
import type { Scavenges } from "../scavenges.js";
import { accessDenied, failure, failureOf } from "./failure.js";
import { operations as generated, shared } from "./generated.js";
import type { Node } from "./node.js";

/** `Operations`, as far as a single node has them: scavenges, and the restart of all groups. For administrators and operators. */
export const operationsOf = ({ access, groups }: Node, scavenges: Scavenges) => {
  const unary =
    <Request, Response>(work: (request: Request) => Promise<Response>) =>
    (call: ServerUnaryCall<Request, Response>, answer: sendUnaryData<Response>): void => {
      const run = async () => {
        if (!mayManageGroups(await access.callerOf(call))) throw accessDenied();
        return work(call.request);
      };
      run().then(
        (message) => answer(null, message),
        (error: unknown) => answer(failureOf(error)),
      );
    };
  const { STARTED, INPROGRESS, STOPPED } = generated.ScavengeResp.ScavengeResult;
  return {
    startScavenge: unary(async () => {
      const { id, begun } = scavenges.start();
      return new generated.ScavengeResp().setScavengeId(id).setScavengeResult(begun ? STARTED : INPROGRESS);
    }),
    stopScavenge: unary(async (request: messages.StopScavengeReq) => {
      const id = request.getOptions()?.getScavengeId() ?? "";
      if (!(await scavenges.stop(id)))
        throw failure(status.NOT_FOUND, `Scavenge '${id}' is not running.`, { exception: "scavenge-not-found", "scavenge-id": id });
      return new generated.ScavengeResp().setScavengeId(id).setScavengeResult(STOPPED);
    }),
    restartPersistentSubscriptions: unary(async () => {
      await groups.restart();
      return new shared.Empty();
    }),
  };
};
