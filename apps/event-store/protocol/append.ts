import type { sendUnaryData, ServerReadableStream } from "@grpc/grpc-js";
import type { AppendReq, AppendResp } from "@eventstore/db-client/generated/streams_pb.js";
import type { Expected, Proposed } from "../semantics/record.js";
import type { Outcome, Writer } from "../writer.js";
import { failureOf, tooLarge } from "./failure.js";
import { shared, streams } from "./generated.js";
import { expectedOf, maximumAppendSize, nameOf, proposedOf, sizeOf } from "./proposed.js";

/** `Streams.Append`: options first, then events, one answer. */
export const append = (writer: Writer) => (call: ServerReadableStream<AppendReq, AppendResp>, answer: sendUnaryData<AppendResp>) => {
  const events: Proposed[] = [];
  let stream = "";
  let expected: Expected = "any";
  let failed: unknown;
  call.on("data", (request: AppendReq) => {
    try {
      const options = request.getOptions();
      if (options) {
        stream = nameOf(options.getStreamIdentifier());
        expected = expectedOf(options, options.getRevision());
      }
      const message = request.getProposedMessage();
      if (message) events.push(proposedOf(message));
    } catch (error) {
      failed ??= error;
    }
  });
  call.on("end", () => {
    if (!failed && sizeOf(events) > maximumAppendSize) failed = tooLarge(maximumAppendSize);
    if (failed) return answer(failureOf(failed));
    writer.append(stream, expected, events).then(
      (outcome) => answer(null, responseOf(outcome)),
      (error: unknown) => answer(failureOf(error)),
    );
  });
};

function responseOf(outcome: Outcome): AppendResp {
  const response = new streams.AppendResp();
  return outcome.kind === "success" ? response.setSuccess(success(outcome)) : response.setWrongExpectedVersion(wrong(outcome));
}

function success({ last, position }: Outcome & { kind: "success" }): AppendResp.Success {
  const message = new streams.AppendResp.Success();
  if (last < 0n) message.setNoStream(new shared.Empty());
  else message.setCurrentRevision(last.toString());
  const text = (position ?? 0n).toString();
  return message.setPosition(new streams.AppendResp.Position().setCommitPosition(text).setPreparePosition(text));
}

function wrong({ last, expected }: Outcome & { kind: "wrong" }): AppendResp.WrongExpectedVersion {
  const message = new streams.AppendResp.WrongExpectedVersion();
  if (last < 0n) message.setCurrentNoStream(new shared.Empty());
  else message.setCurrentRevision(last.toString());
  if (expected === "any") return message.setExpectedAny(new shared.Empty());
  if (expected === "stream-exists") return message.setExpectedStreamExists(new shared.Empty());
  if (expected === "no-stream") return message.setExpectedNoStream(new shared.Empty());
  return message.setExpectedRevision(expected.toString());
}
