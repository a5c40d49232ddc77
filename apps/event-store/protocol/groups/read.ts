import type { ServerDuplexStream } from "@grpc/grpc-js";
import type { ReadReq, ReadResp } from "@eventstore/db-client/generated/persistent_pb.js";
import { GroupProblem } from "../../groups/groups.js";
import type { RunningGroup } from "../../groups/running-group.js";
import type { Action } from "../../semantics/groups/group.js";
import { endOfTime } from "../../semantics/metadata.js";
import type { StoreCaller } from "../../semantics/access.js";
import { passedOf } from "../guard/passed.js";
import { Stuck } from "../guard/stuck.js";
import { badRequest } from "../failure.js";
import { persistent } from "../generated.js";
import type { Node } from "../node.js";
import { idTextOf } from "../proposed.js";
import { ConnectedReader } from "./connection.js";
import { groupFailureOf } from "./failures.js";
import { groupNameOf } from "./requests.js";

type GroupCall = ServerDuplexStream<ReadReq, ReadResp | Buffer>;

const { Action: Nack } = persistent.ReadReq.Nack;
const actions = new Map<number, Action>([
  [Nack.PARK, "park"],
  [Nack.SKIP, "skip"],
  [Nack.STOP, "skip"],
]);

/** `PersistentSubscriptions.Read`: options first, then acknowledgements and refusals, for as long as the reader stays. */
export const readGroup =
  (node: Node) =>
  (call: GroupCall): void => {
    let joined: { group: RunningGroup; connection: ConnectedReader } | null = null;
    let gone = false;
    let leavePlace = () => {};
    const leave = () => {
      gone = true;
      leavePlace();
      joined?.group.leave(joined.connection);
      joined = null;
    };
    const refuse = (error: unknown) => {
      if (gone) return;
      leave();
      call.emit("error", groupFailureOf(error));
    };
    const open = async (options: ReadReq.Options) => {
      const caller = await node.access.require(call, groupNameOf(options).source, "read");
      if (gone || joined) return;
      leavePlace = node.slots.enter(call, caller);
      joined = join(node, call, options, caller);
    };
    call.on("data", (request: ReadReq) => {
      if (request.hasOptions()) open(request.getOptions()!).catch(refuse);
      else if (joined) answered(joined.group, request);
      else refuse(badRequest("A subscription begins with its options."));
    });
    call.on("end", () => {
      leave();
      call.end();
    });
    for (const event of ["cancelled", "error", "close"]) call.on(event, leave);
  };

function join(
  node: Node,
  call: GroupCall,
  options: ReadReq.Options,
  caller: StoreCaller,
): { group: RunningGroup; connection: ConnectedReader } {
  const name = groupNameOf(options);
  const group = node.groups.get(name);
  const size = options.getBufferSize();
  if (size < 0) throw badRequest("The buffer size cannot be negative.");
  const { maxSubscriberCount, extraStatistics } = group.definition.settings;
  if (maxSubscriberCount < 0 || (maxSubscriberCount > 0 && group.group.readers.size >= maxSubscriberCount))
    throw new GroupProblem("maximum", name);
  const drop = () => call.emit("error", groupFailureOf(new GroupProblem("dropped", name)));
  const stuck = new Stuck(call, node.limits.stuckSeconds, () => passedOf(call).cut());
  call.on("drain", () => group.goOn());
  const connection = new ConnectedReader({
    call,
    size,
    drop,
    measured: extraStatistics,
    mayRead: node.access.mayRead(caller),
    name: String(call.metadata.get("connection-name")[0] ?? ""),
    username: typeof caller === "string" ? caller : caller.login,
    counted: () => group.total++,
    waits: () => stuck.waits(),
  });
  const confirmation = new persistent.ReadResp.SubscriptionConfirmation().setSubscriptionId(`${name.source}::${name.name}`);
  call.write(new persistent.ReadResp().setSubscriptionConfirmation(confirmation));
  if (group.definition.begin > endOfTime) drop();
  else group.join(connection);
  return { group, connection };
}

function answered(group: RunningGroup, request: ReadReq): void {
  const ack = request.getAck();
  if (ack) group.acknowledge(ack.getIdsList().map(idTextOf));
  const nack = request.getNack();
  if (nack) group.refuse(nack.getIdsList().map(idTextOf), actions.get(nack.getAction()) ?? "retry", nack.getReason());
}
