import type { ServerDuplexStream } from "@grpc/grpc-js";
import type { ReadReq, ReadResp } from "@eventstore/db-client/generated/persistent_pb.js";
import { GroupProblem, type Groups } from "../../groups/groups.js";
import type { RunningGroup } from "../../groups/running-group.js";
import type { Action } from "../../semantics/groups/group.js";
import { endOfTime } from "../../semantics/metadata.js";
import type { Access } from "../access.js";
import { badRequest } from "../failure.js";
import { persistent } from "../generated.js";
import { idTextOf } from "../proposed.js";
import { Connection } from "./connection.js";
import { groupFailureOf } from "./failures.js";
import { groupNameOf } from "./requests.js";

type Call = ServerDuplexStream<ReadReq, ReadResp>;

const { Action: Nack } = persistent.ReadReq.Nack;
const actions = new Map<number, Action>([
  [Nack.PARK, "park"],
  [Nack.SKIP, "skip"],
  [Nack.STOP, "skip"],
]);

/** `PersistentSubscriptions.Read`: options first, then acknowledgements and refusals, for as long as the reader stays. */
export const readGroup =
  (groups: Groups, access: Access) =>
  (call: Call): void => {
    let joined: { group: RunningGroup; connection: Connection } | null = null;
    let gone = false;
    const leave = () => {
      gone = true;
      joined?.group.leave(joined.connection);
      joined = null;
    };
    const refuse = (error: unknown) => {
      if (gone) return;
      leave();
      call.emit("error", groupFailureOf(error));
    };
    const open = async (options: ReadReq.Options) => {
      const caller = await access.require(call, groupNameOf(options).source, "read");
      if (!gone) joined ??= join(groups, call, options, typeof caller === "string" ? caller : caller.login);
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

function join(groups: Groups, call: Call, options: ReadReq.Options, username: string): { group: RunningGroup; connection: Connection } {
  const name = groupNameOf(options);
  const group = groups.get(name);
  const size = options.getBufferSize();
  if (size < 0) throw badRequest("The buffer size cannot be negative.");
  const { maxSubscriberCount, extraStatistics } = group.definition.settings;
  if (maxSubscriberCount < 0 || (maxSubscriberCount > 0 && group.group.readers.size >= maxSubscriberCount))
    throw new GroupProblem("maximum", name);
  const drop = () => call.emit("error", groupFailureOf(new GroupProblem("dropped", name)));
  const label = String(call.metadata.get("connection-name")[0] ?? "");
  const connection = new Connection(call, size, label, username, extraStatistics, drop, () => group.total++);
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
