import { status as code } from "@grpc/grpc-js";
import type { BatchAppendReq, BatchAppendResp } from "@eventstore/db-client/generated/streams_pb.js";
import type { Message } from "google-protobuf";
import type { WriteOutcome, Success, Wrong } from "../change.js";
import { Any, ProtobufEmpty, shared, status, streams } from "./generated.js";

/** The answer to an append that was decided; its correlation id is still to be set. */
export function outcomeMessage(options: BatchAppendReq.Options, outcome: WriteOutcome): BatchAppendResp {
  const response = outcome.kind === "success" ? new streams.BatchAppendResp().setSuccess(success(outcome)) : refusal(options, outcome);
  if (options.hasAny()) return response.setAny(new ProtobufEmpty());
  if (options.hasNoStream()) return response.setNoStream(new ProtobufEmpty());
  if (options.hasStreamExists()) return response.setStreamExists(new ProtobufEmpty());
  return response.setStreamPosition(options.getStreamPosition());
}

export const badRequestMessage = (): BatchAppendResp =>
  errorMessage(code.INVALID_ARGUMENT, "BadRequest", "BadRequest", new shared.BadRequest());

export const accessDeniedMessage = (): BatchAppendResp =>
  errorMessage(code.PERMISSION_DENIED, "Access Denied", "AccessDenied", new shared.AccessDenied());

export const timeoutMessage = (): BatchAppendResp => errorMessage(code.DEADLINE_EXCEEDED, "Timeout", "Timeout", new shared.Timeout());

export const tooLargeMessage = (most: number): BatchAppendResp =>
  errorMessage(
    code.INVALID_ARGUMENT,
    `Maximum Append Size of ${most} Exceeded.`,
    "MaximumAppendSizeExceeded",
    new shared.MaximumAppendSizeExceeded().setMaxappendsize(most),
  );

function success({ last, position }: Success): BatchAppendResp.Success {
  const message = new streams.BatchAppendResp.Success();
  if (last < 0n) message.setNoStream(new ProtobufEmpty());
  else message.setCurrentRevision(last.toString());
  if (position === null) return message.setNoPosition(new ProtobufEmpty());
  const text = position.toString();
  return message.setPosition(new shared.AllStreamPosition().setCommitPosition(text).setPreparePosition(text));
}

function refusal(options: BatchAppendReq.Options, outcome: Exclude<WriteOutcome, Success>): BatchAppendResp {
  if (outcome.kind === "wrong")
    return errorMessage(code.ALREADY_EXISTS, "WrongExpectedVersion", "WrongExpectedVersion", wrongDetails(outcome, options));
  const details = new shared.StreamDeleted().setStreamIdentifier(options.getStreamIdentifier());
  return errorMessage(code.NOT_FOUND, "StreamDeleted", "StreamDeleted", details);
}

function wrongDetails({ last, expected }: Wrong, options: BatchAppendReq.Options): Message {
  const details = new shared.WrongExpectedVersion();
  if (last < 0n) details.setCurrentNoStream(new ProtobufEmpty());
  else details.setCurrentStreamRevision(last.toString());
  if (options.hasStreamPosition()) return details.setExpectedStreamPosition(options.getStreamPosition());
  if (expected === "any") return details.setExpectedAny(new ProtobufEmpty());
  if (expected === "stream-exists") return details.setExpectedStreamExists(new ProtobufEmpty());
  return details.setExpectedNoStream(new ProtobufEmpty());
}

/** The client reads the details unguarded: an error without them would end its process. */
function errorMessage(number: number, message: string, type: string, details: Message): BatchAppendResp {
  const statusMessage = new status.Status().setCode(number as never).setMessage(message);
  const any = new Any();
  any.pack(details.serializeBinary(), `event_store.client.${type}`);
  return new streams.BatchAppendResp().setError(statusMessage.setDetails(any));
}
