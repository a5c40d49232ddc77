import type { sendUnaryData, ServerReadableStream } from "@grpc/grpc-js";
import type { AppendReq, AppendResp } from "@eventstore/db-client/generated/streams_pb.js";
import type { Expected, Proposed } from "../semantics/record.js";
import type { Success, Wrong } from "../change.js";
import type { Writer } from "../writer.js";
import type { Access } from "./access.js";
import { badRequest, failureOf, streamDeleted, tooLarge } from "./failure.js";
import { shared, streams } from "./generated.js";
import { expectedOf, maximumAppendSize, proposedOf, writableNameOf } from "./proposed.js";

/** `Streams.Append`: options first, then events, one answer. */
export const append =
  (writer: Writer, access: Access) => (call: ServerReadableStream<AppendReq, AppendResp>, answer: sendUnaryData<AppendResp>) => {
    const events: Proposed[] = [];
    let stream = "";
    let expected: Expected = "any";
    let size = 0;
    let failed: unknown;
    call.on("data", (request: AppendReq) => {
      try {
        const options = request.getOptions();
        if (options) {
          stream = writableNameOf(options.getStreamIdentifier());
          expected = expectedOf(options, options.getRevision());
        }
        const message = request.getProposedMessage();
        if (!message || failed) return;
        const event = proposedOf(message);
        size += event.data.length;
        if (size > maximumAppendSize) throw tooLarge(maximumAppendSize);
        events.push(event);
      } catch (error) {
        failed ??= error;
      }
    });
    call.on("end", () => {
      if (!failed && stream === "") failed = badRequest("An append begins with its options.");
      if (failed) return answer(failureOf(failed));
      access
        .require(call, stream, "write")
        .then(() => writer.write({ kind: "append", stream, expected, events }))
        .then(
          (outcome) => {
            if (outcome.kind === "deleted") return answer(streamDeleted(stream));
            const response = new streams.AppendResp();
            if (outcome.kind === "success") return answer(null, response.setSuccess(success(outcome)));
            return answer(null, response.setWrongExpectedVersion(wrong(outcome)));
          },
          (error: unknown) => answer(failureOf(error)),
        );
    });
  };

function success({ last, position }: Success): AppendResp.Success {
  const message = new streams.AppendResp.Success();
  if (last < 0n) message.setNoStream(new shared.Empty());
  else message.setCurrentRevision(last.toString());
  if (position === null) return message.setNoPosition(new shared.Empty());
  const text = position.toString();
  return message.setPosition(new streams.AppendResp.Position().setCommitPosition(text).setPreparePosition(text));
}

function wrong({ last, expected }: Wrong): AppendResp.WrongExpectedVersion {
  const message = new streams.AppendResp.WrongExpectedVersion();
  if (last < 0n) message.setCurrentNoStream(new shared.Empty());
  else message.setCurrentRevision(last.toString());
  if (expected === "any") return message.setExpectedAny(new shared.Empty());
  if (expected === "stream-exists") return message.setExpectedStreamExists(new shared.Empty());
  if (expected === "no-stream") return message.setExpectedNoStream(new shared.Empty());
  return message.setExpectedRevision(expected.toString());
}
