import { type sendUnaryData, type ServerReadableStream, status } from "@grpc/grpc-js";
import type { AppendReq, AppendResp } from "@eventstore/db-client/generated/streams_pb.js";
import type { Expected, Proposed } from "../semantics/record.js";
import type { Write, Success, Wrong } from "../change.js";
import { badRequest, failure, failureOf, streamDeleted, tooLarge } from "./failure.js";
import { shared, streams } from "./generated.js";
import type { Node } from "./node.js";
import { expectedOf, maximumAppendSize, proposedOf, weightOf, writableNameOf } from "./proposed.js";

type AppendCall = ServerReadableStream<AppendReq, AppendResp>;

/** `Streams.Append`: options first, then events, one answer. */
export const append = (node: Node) => (call: AppendCall, answer: sendUnaryData<AppendResp>) => {
  const incoming = new IncomingAppend(node.limits.appendBytes);
  let refused = false;
  call.on("data", (request: AppendReq) => {
    incoming.take(request);
    if (!incoming.failed || refused) return;
    refused = true;
    answer(failureOf(incoming.failed));
  });
  call.on("end", () => {
    if (refused) return;
    store(node, call, incoming).then(
      (response) => answer(null, response),
      (error: unknown) => answer(failureOf(error)),
    );
  });
};

/** What has come of an append. Nothing is kept of one that is refused. */
class IncomingAppend {
  #stream = "";
  #expected: Expected = "any";
  /** The revision it names, as it was written; empty where it names none. */
  revision = "";
  #events: Proposed[] = [];
  #data = 0;
  #bytes = 0;
  failed: unknown;

  constructor(readonly most: number) {}

  take(request: AppendReq): void {
    if (this.failed) return;
    try {
      const options = request.getOptions();
      if (options) {
        this.#stream = writableNameOf(options.getStreamIdentifier());
        this.#expected = expectedOf(options, options.getRevision());
        this.revision = options.hasRevision() ? options.getRevision() : "";
      }
      const message = request.getProposedMessage();
      if (message) this.#add(proposedOf(message));
    } catch (error) {
      this.failed = error;
      this.#events = [];
    }
  }

  /** Throws where it was no append. */
  get change(): Write {
    if (this.#stream === "") throw badRequest("An append begins with its options.");
    return { kind: "append", stream: this.#stream, expected: this.#expected, events: this.#events };
  }

  #add(event: Proposed): void {
    this.#data += event.data.length;
    this.#bytes += weightOf(event);
    if (this.#data > maximumAppendSize) throw tooLarge(maximumAppendSize);
    if (this.#bytes > this.most) throw tooLarge(this.most);
    this.#events.push(event);
  }
}

async function store({ writer, access }: Node, call: AppendCall, incoming: IncomingAppend): Promise<AppendResp> {
  const { change } = incoming;
  await access.require(call, change.stream, "write");
  if (call.cancelled) throw failure(status.CANCELLED, "The append was taken back.");
  const outcome = await writer.write(change);
  if (outcome.kind === "deleted") throw streamDeleted(change.stream);
  const response = new streams.AppendResp();
  return outcome.kind === "success"
    ? response.setSuccess(success(outcome))
    : response.setWrongExpectedVersion(wrong(outcome, incoming.revision));
}

function success({ last, position }: Success): AppendResp.Success {
  const message = new streams.AppendResp.Success();
  if (last < 0n) message.setNoStream(new shared.Empty());
  else message.setCurrentRevision(last.toString());
  if (position === null) return message.setNoPosition(new shared.Empty());
  const text = position.toString();
  return message.setPosition(new streams.AppendResp.Position().setCommitPosition(text).setPreparePosition(text));
}

/** `revision`: what the request named, told back as it was, also where it is the number that stands for no stream. */
function wrong({ last, expected }: Wrong, revision: string): AppendResp.WrongExpectedVersion {
  const message = new streams.AppendResp.WrongExpectedVersion();
  if (last < 0n) message.setCurrentNoStream(new shared.Empty());
  else message.setCurrentRevision(last.toString());
  if (revision !== "") return message.setExpectedRevision(revision);
  if (expected === "any") return message.setExpectedAny(new shared.Empty());
  if (expected === "stream-exists") return message.setExpectedStreamExists(new shared.Empty());
  return message.setExpectedNoStream(new shared.Empty());
}
