import { Metadata, status } from "@grpc/grpc-js";

/** An error as gRPC tells it. Trailers carry what the client reads; its class follows from them. */
export interface Failure {
  readonly code: number;
  readonly details: string;
  readonly metadata: Metadata;
}

/** Trailers must be printable ASCII, and the client reads them unguarded: encoded, never left out. */
export const failure = (code: number, details: string, trailers: Readonly<Record<string, string>> = {}): Failure => {
  const metadata = new Metadata();
  for (const [name, value] of Object.entries(trailers)) metadata.set(name, encodeURIComponent(value));
  return { code, details, metadata };
};

export const badRequest = (details: string): Failure => failure(status.UNKNOWN, details);

/** Whatever else went wrong is for another try: the client reconnects. */
export const failureOf = (error: unknown): Failure =>
  typeof (error as Failure).code === "number" && (error as Failure).metadata instanceof Metadata
    ? (error as Failure)
    : failure(status.UNAVAILABLE, "The event store cannot reach its storage now. Try again.");

export const tooLarge = (limit: number): Failure =>
  failure(status.INVALID_ARGUMENT, `Maximum Append Size of ${limit} Exceeded.`, {
    exception: "maximum-append-size-exceeded",
    "maximum-append-size": String(limit),
  });
