import type { ServerHttp2Stream } from "node:http2";
import type { ServerInterceptingCallInterface } from "@grpc/grpc-js";

/**
 * The stream under a call. gRPC for Node tells nobody about it, and without it a call that was closed cannot be told from one that was
 * cancelled: whoever cannot have it may not go on.
 */
export function streamOf(call: ServerInterceptingCallInterface): ServerHttp2Stream {
  const { stream } = call as unknown as { stream?: ServerHttp2Stream };
  if (typeof stream?.close !== "function" || typeof stream.aborted !== "boolean")
    throw new Error("This version of @grpc/grpc-js hides the stream of a call. The event store cannot work with it.");
  return stream;
}
