import { Metadata, status } from "@grpc/grpc-js";
import type { Expected } from "../semantics/record.js";

/** An error as gRPC tells it. Trailers carry what the client reads; its class follows from them. */
export interface Failure {
  readonly code: number;
  readonly details: string;
  readonly metadata: Metadata;
}

/** Trailers must be printable ASCII without spaces at their ends, and the client reads them unguarded: encoded, never left out. */
const trailer = (value: string): string => value.replace(/^ | $|[^\x20-\x7e]+/g, encodeURIComponent);

export const failure = (code: number, details: string, trailers: Readonly<Record<string, string>> = {}): Failure => {
  const metadata = new Metadata();
  for (const [name, value] of Object.entries(trailers)) metadata.set(name, trailer(value));
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

export const missingProperty = (name: string): Failure =>
  failure(status.INVALID_ARGUMENT, `Required Metadata Property '${name}' is missing`, {
    exception: "missing-required-metadata-property",
    "required-metadata-properties": "type,content-type",
  });

export const accessDenied = (): Failure => failure(status.PERMISSION_DENIED, "Access Denied", { exception: "access-denied" });

export const isAccessDenied = ({ metadata }: Failure): boolean => metadata.get("exception")[0] === "access-denied";

export const streamDeleted = (name: string): Failure =>
  failure(status.FAILED_PRECONDITION, `Event stream '${name}' is deleted.`, { exception: "stream-deleted", "stream-name": name });

/** `actual` is -1n for a stream without events. */
export const wrongExpectedVersion = (name: string, expected: Expected, actual: bigint): Failure => {
  const number = typeof expected === "bigint" ? expected : { any: -2n, "no-stream": -1n, "stream-exists": -4n }[expected];
  return failure(
    status.FAILED_PRECONDITION,
    `Append failed due to WrongExpectedVersion. Stream: ${name}, Expected version: ${number}, Actual version: ${actual}`,
    {
      exception: "wrong-expected-version",
      "stream-name": name,
      "expected-version": String(number),
      "actual-version": String(actual),
    },
  );
};
