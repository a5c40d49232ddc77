import { status } from "@grpc/grpc-js";
import { GroupProblem } from "../../groups/groups.js";
import { failure, failureOf, type Failure } from "../failure.js";

/** What went wrong with a group, as the client reads it. */
export function groupFailureOf(error: unknown): Failure {
  if (!(error instanceof GroupProblem)) return failureOf(error);
  const { kind, reason } = error;
  const { source, name } = error.group;
  const about = `Subscription group ${name} on stream ${source}`;
  const trailers = (exception: string, more = {}) => ({
    exception: `persistent-subscription-${exception}`,
    "stream-name": source,
    "group-name": name,
    ...more,
  });
  switch (kind) {
    case "unknown":
      return failure(status.NOT_FOUND, `${about} does not exist.`, trailers("does-not-exist"));
    case "exists":
      return failure(status.ALREADY_EXISTS, `${about} exists.`, trailers("exists"));
    case "dropped":
      return failure(status.CANCELLED, `${about} was dropped.`, trailers("dropped"));
    case "failed":
      return failure(status.INTERNAL, `${about} failed: '${reason}'`, trailers("failed", { reason }));
    case "maximum":
      return failure(status.FAILED_PRECONDITION, `Maximum subscriptions reached for subscription group ${name} on stream ${source}.`, {
        exception: "maximum-subscribers-reached",
        "stream-name": source,
        "group-name": name,
      });
  }
}
