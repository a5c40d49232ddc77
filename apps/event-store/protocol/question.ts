import type { ReadReq } from "@eventstore/db-client/generated/streams_pb.js";
import { expressionOf, type Filter } from "../semantics/filter.js";
import { badRequest } from "./failure.js";
import { streams } from "./generated.js";
import { nameOf } from "./proposed.js";

/** What a read asks. `from`: a revision (inclusive) or a position, or an end of the log. `stream` null: `$all`. */
export interface Question {
  readonly stream: string | null;
  readonly from: bigint | "start" | "end";
  readonly backwards: boolean;
  /** Null: a subscription, without end. */
  readonly count: number | null;
  readonly filter: Filter | null;
  readonly resolveLinks: boolean;
  /** The client wants to be told where the stream begins, where nothing was found, and where it ends. */
  readonly tellsEnds: boolean;
}

/** Reads the request. Throws where it asks what cannot be. */
export function questionOf(request: ReadReq): Question {
  const options = request.getOptions();
  if (!options) throw badRequest("A read needs options.");
  const backwards = options.getReadDirection() === streams.ReadReq.Options.ReadDirection.BACKWARDS;
  const subscription = options.hasSubscription();
  const count = subscription ? null : Number(options.getCount());
  if (count === 0) throw badRequest("maxCount must be at least 1.");
  const about = options.getStream();
  const stream = about ? nameOf(about.getStreamIdentifier()) : null;
  const from = about ? streamStart(about) : allStart(options.getAll());
  if (from === "end" && !backwards && !subscription && stream !== null) throw badRequest("Nothing can be read forwards from the end.");
  return {
    stream,
    from,
    backwards,
    count,
    filter: filterOf(options.getFilter()),
    resolveLinks: options.getResolveLinks(),
    tellsEnds: (options.getControlOption()?.getCompatibility() ?? 0) >= 1,
  };
}

const streamStart = (about: ReadReq.Options.StreamOptions): Question["from"] =>
  about.hasRevision() ? bounded(about.getRevision()) : about.hasEnd() ? "end" : "start";

function allStart(all: ReadReq.Options.AllOptions | undefined): Question["from"] {
  const position = all?.getPosition();
  if (!position) return all?.hasEnd() ? "end" : "start";
  const commit = bounded(position.getCommitPosition());
  if (commit !== "end" && BigInt(position.getPreparePosition()) > commit)
    throw badRequest("The prepare position is behind the commit position.");
  return commit;
}

function bounded(text: string): bigint | "end" {
  const value = BigInt(text);
  if (value === 2n ** 64n - 1n) return "end";
  if (value >= 2n ** 63n) throw badRequest("There is no such position.");
  return value;
}

function filterOf(options: ReadReq.Options.FilterOptions | undefined): Filter | null {
  if (!options) return null;
  const on = options.hasStreamIdentifier() ? ("stream" as const) : ("type" as const);
  const expression = on === "stream" ? options.getStreamIdentifier() : options.getEventType();
  const window = options.hasMax() ? options.getMax() : 32;
  try {
    const prefixes = expression?.getPrefixList() ?? [];
    return {
      on,
      prefixes,
      expression: expressionOf(expression?.getRegex() ?? ""),
      checkpointEvery: window * (options.getCheckpointintervalmultiplier() || 1),
    };
  } catch {
    throw badRequest("The filter's expression cannot be read.");
  }
}
