import type { CreateReq, UpdateReq } from "@eventstore/db-client/generated/persistent_pb.js";
import type { GroupName } from "../../groups/groups.js";
import { expressionOf } from "../../semantics/filter.js";
import type { GroupSettings } from "../../semantics/groups/settings.js";
import type { GivenFilter } from "../../storage/group-definitions.js";
import { badRequest } from "../failure.js";
import { nameOf } from "../proposed.js";

type Options = CreateReq.Options | UpdateReq.Options;
type Settings = CreateReq.Settings | UpdateReq.Settings;

interface GroupRequest {
  getGroupName(): string;
  hasAll(): boolean;
  getStreamIdentifier(): { getStreamName_asU8(): Uint8Array } | undefined;
}

/** Clients of today still name the stream in the field that was first meant for it. */
export function groupNameOf(options: GroupRequest | undefined): GroupName {
  if (!options) throw badRequest("The request names no group.");
  const about = (options as Partial<CreateReq.Options>).getStream?.()?.getStreamIdentifier() ?? options.getStreamIdentifier();
  return { source: options.hasAll() ? "$all" : nameOf(about), name: options.getGroupName() };
}

const strategyNames = ["DispatchToSingle", "RoundRobin", "Pinned"];
const ticksInMillisecond = 10_000;

export function settingsOf(options: Options): GroupSettings {
  const settings: Settings | undefined = options.getSettings();
  if (!settings) throw badRequest("The request has no settings.");
  const given = (settings as Partial<CreateReq.Settings>).getConsumerStrategy?.();
  const milliseconds = (inTicks: boolean, ticks: string, plain: number) => (inTicks ? Number(BigInt(ticks)) / ticksInMillisecond : plain);
  return {
    resolveLinks: settings.getResolveLinks(),
    extraStatistics: settings.getExtraStatistics(),
    messageTimeout: milliseconds(settings.hasMessageTimeoutTicks(), settings.getMessageTimeoutTicks(), settings.getMessageTimeoutMs()),
    checkpointAfter: milliseconds(settings.hasCheckpointAfterTicks(), settings.getCheckpointAfterTicks(), settings.getCheckpointAfterMs()),
    maxRetryCount: settings.getMaxRetryCount(),
    minCheckpointCount: settings.getMinCheckpointCount(),
    maxCheckpointCount: settings.getMaxCheckpointCount(),
    maxSubscriberCount: settings.getMaxSubscriberCount(),
    liveBufferSize: settings.getLiveBufferSize(),
    readBatchSize: settings.getReadBatchSize(),
    historyBufferSize: settings.getHistoryBufferSize(),
    strategy: given || strategyNames[settings.getNamedConsumerStrategy()] || "RoundRobin",
    startFrom: startOf(options, settings),
  };
}

function startOf(options: Options, settings: Settings): GroupSettings["startFrom"] {
  const all = options.getAll();
  if (all) {
    const position = all.getPosition();
    return position ? BigInt(position.getCommitPosition()) : all.hasEnd() ? "end" : "start";
  }
  const stream = options.getStream();
  if (stream) return stream.hasEnd() ? "end" : stream.hasRevision() ? revisionOf(stream.getRevision()) : "start";
  return revisionOf(settings.getRevision());
}

function revisionOf(text: string): GroupSettings["startFrom"] {
  const revision = BigInt(text);
  return revision === 0n ? "start" : revision === 2n ** 64n - 1n ? "end" : revision;
}

export function givenFilterOf(options: CreateReq.Options): GivenFilter | null {
  const filter = options.getAll()?.getFilter();
  if (!filter) return null;
  const on = filter.hasStreamIdentifier() ? ("stream" as const) : ("type" as const);
  const given = on === "stream" ? filter.getStreamIdentifier() : filter.getEventType();
  const expression = given?.getRegex() ?? "";
  try {
    expressionOf(expression);
  } catch {
    throw badRequest("The filter's expression cannot be read.");
  }
  return { on, prefixes: given?.getPrefixList() ?? [], expression };
}
