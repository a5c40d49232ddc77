import type { sendUnaryData, ServerUnaryCall } from "@grpc/grpc-js";
import type { DeleteReq, DeleteResp, TombstoneReq, TombstoneResp } from "@eventstore/db-client/generated/streams_pb.js";
import type { Write } from "../change.js";
import type { Writer } from "../writer.js";
import type { Access } from "./access.js";
import type { Node } from "./node.js";
import { badRequest, failureOf, streamDeleted, wrongExpectedVersion } from "./failure.js";
import { streams } from "./generated.js";
import { expectedOf, writableNameOf } from "./proposed.js";

/** `Streams.Delete`: the stream is gone until somebody writes to it again. */
export const remove =
  ({ writer, access }: Node) =>
  (call: ServerUnaryCall<DeleteReq, DeleteResp>, answer: sendUnaryData<DeleteResp>) => {
    positionOf(writer, access, call, "delete").then(
      (position) => {
        const message = new streams.DeleteResp.Position().setCommitPosition(position).setPreparePosition(position);
        return answer(null, new streams.DeleteResp().setPosition(message));
      },
      (error: unknown) => answer(failureOf(error)),
    );
  };

/** `Streams.Tombstone`: the stream is gone for ever, and its name with it. */
export const tombstone =
  ({ writer, access }: Node) =>
  (call: ServerUnaryCall<TombstoneReq, TombstoneResp>, answer: sendUnaryData<TombstoneResp>) => {
    positionOf(writer, access, call, "tombstone").then(
      (position) => {
        const message = new streams.TombstoneResp.Position().setCommitPosition(position).setPreparePosition(position);
        return answer(null, new streams.TombstoneResp().setPosition(message));
      },
      (error: unknown) => answer(failureOf(error)),
    );
  };

async function positionOf(
  writer: Writer,
  access: Access,
  call: ServerUnaryCall<DeleteReq | TombstoneReq, unknown>,
  kind: Write["kind"],
): Promise<string> {
  const options: DeleteReq.Options | TombstoneReq.Options | undefined = call.request.getOptions();
  if (!options) throw badRequest("The request names no stream.");
  const stream = writableNameOf(options.getStreamIdentifier());
  await access.require(call, stream, "delete");
  const outcome = await writer.write({ kind, stream, expected: expectedOf(options, options.getRevision()), events: [] });
  if (outcome.kind === "deleted") throw streamDeleted(stream);
  if (outcome.kind === "wrong") throw wrongExpectedVersion(stream, outcome.expected, outcome.last);
  return String(outcome.position);
}
