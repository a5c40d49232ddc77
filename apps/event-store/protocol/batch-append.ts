import { status as code, type ServerDuplexStream } from "@grpc/grpc-js";
import type { BatchAppendReq, BatchAppendResp } from "@eventstore/db-client/generated/streams_pb.js";
import type { Message } from "google-protobuf";
import type { Expected, Proposed } from "../semantics/record.js";
import type { Outcome, Writer } from "../writer.js";
import { Any, ProtobufEmpty, shared, status, streams } from "./generated.js";
import { expectedOf, maximumAppendSize, nameOf, proposedOf, sizeOf } from "./proposed.js";

interface Pending {
  readonly request: BatchAppendReq;
  readonly stream: string;
  readonly expected: Expected;
  readonly events: Proposed[];
}

type Call = ServerDuplexStream<BatchAppendReq, BatchAppendResp>;

/** `Streams.BatchAppend`: one long-lived stream of appends in parts, each answered exactly once, in the order of their last parts. */
export const batchAppend = (writer: Writer) => (call: Call) => {
  const pending = new Map<string, Pending>();
  const refused = new Set<string>();
  let open = 0;
  let ended = false;
  const endWhenDone = () => {
    if (ended && open === 0) call.end();
  };
  const answer = (request: BatchAppendReq, response: BatchAppendResp) => {
    if (!call.cancelled) call.write(response.setCorrelationId(request.getCorrelationId()));
  };
  call.on("data", (request: BatchAppendReq) => {
    const key = keyOf(request);
    if (refused.has(key)) {
      if (request.getIsFinal()) refused.delete(key);
      return;
    }
    let first = pending.get(key);
    try {
      first ??= begin(request);
      first.events.push(...request.getProposedMessagesList().map(proposedOf));
    } catch {
      return refuse(request, error(code.INVALID_ARGUMENT, "BadRequest"));
    }
    pending.set(key, first);
    if (sizeOf(first.events) > maximumAppendSize) {
      const details = new shared.MaximumAppendSizeExceeded().setMaxappendsize(maximumAppendSize);
      return refuse(
        request,
        error(code.INVALID_ARGUMENT, `Maximum Append Size of ${maximumAppendSize} Exceeded.`, "MaximumAppendSizeExceeded", details),
      );
    }
    if (!request.getIsFinal()) return;
    pending.delete(key);
    open++;
    const { stream, expected, events, request: begun } = first;
    writer
      .append(stream, expected, events)
      .then(
        (outcome) => answer(begun, responseOf(begun, outcome)),
        () =>
          answer(
            begun,
            error(code.DEADLINE_EXCEEDED, "Timeout", "Timeout", new shared.Timeout()).setStreamIdentifier(
              begun.getOptions()?.getStreamIdentifier(),
            ),
          ),
      )
      .finally(() => {
        open--;
        endWhenDone();
      });
  });
  call.on("end", () => {
    ended = true;
    endWhenDone();
  });
  call.on("error", () => pending.clear());

  function refuse(request: BatchAppendReq, response: BatchAppendResp): void {
    const key = keyOf(request);
    const begun = pending.get(key)?.request ?? request;
    pending.delete(key);
    if (!request.getIsFinal()) refused.add(key);
    answer(request, response.setStreamIdentifier(begun.getOptions()?.getStreamIdentifier() ?? new shared.StreamIdentifier()));
  }
};

const keyOf = (request: BatchAppendReq): string => {
  const id = request.getCorrelationId();
  return id?.getString() || `${id?.getStructured()?.getMostSignificantBits()}/${id?.getStructured()?.getLeastSignificantBits()}`;
};

function begin(request: BatchAppendReq): Pending {
  const options = request.getOptions();
  if (!options) throw new Error("the first part of an append names its stream");
  return { request, stream: nameOf(options.getStreamIdentifier()), expected: expectedOf(options, options.getStreamPosition()), events: [] };
}

function responseOf(begun: BatchAppendReq, outcome: Outcome): BatchAppendResp {
  const options = begun.getOptions()!;
  const response = outcome.kind === "success" ? new streams.BatchAppendResp().setSuccess(success(outcome)) : wrong(outcome);
  response.setStreamIdentifier(options.getStreamIdentifier());
  if (options.hasAny()) return response.setAny(new ProtobufEmpty());
  if (options.hasNoStream()) return response.setNoStream(new ProtobufEmpty());
  if (options.hasStreamExists()) return response.setStreamExists(new ProtobufEmpty());
  return response.setStreamPosition(options.getStreamPosition());
}

function success({ last, position }: Outcome & { kind: "success" }): BatchAppendResp.Success {
  const message = new streams.BatchAppendResp.Success();
  if (last < 0n) message.setNoStream(new ProtobufEmpty());
  else message.setCurrentRevision(last.toString());
  const text = (position ?? 0n).toString();
  return message.setPosition(new shared.AllStreamPosition().setCommitPosition(text).setPreparePosition(text));
}

function wrong({ last, expected }: Outcome & { kind: "wrong" }): BatchAppendResp {
  const details = new shared.WrongExpectedVersion();
  if (last < 0n) details.setCurrentNoStream(new shared.Empty());
  else details.setCurrentStreamRevision(last.toString());
  if (expected === "any") details.setExpectedAny(new shared.Empty());
  else if (expected === "stream-exists") details.setExpectedStreamExists(new shared.Empty());
  else if (expected === "no-stream") details.setExpectedNoStream(new shared.Empty());
  else details.setExpectedStreamPosition(expected.toString());
  return error(code.ALREADY_EXISTS, "WrongExpectedVersion", "WrongExpectedVersion", details);
}

function error(number: number, message: string, type?: string, details?: Message): BatchAppendResp {
  const told = new status.Status().setCode(number as never).setMessage(message);
  if (type && details) {
    const any = new Any();
    any.pack(details.serializeBinary(), `event_store.client.${type}`);
    told.setDetails(any);
  }
  return new streams.BatchAppendResp().setError(told);
}
