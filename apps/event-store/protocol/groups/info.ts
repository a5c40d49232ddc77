import type { SubscriptionInfo } from "@eventstore/db-client/generated/persistent_pb.js";
import type { RunningGroup } from "../../groups/running-group.js";
import { summaryOf } from "../../semantics/groups/measurements.js";
import { persistent } from "../generated.js";
import type { ConnectedReader } from "./connection.js";

/** Everything that is told of a group. */
export async function infoOf(running: RunningGroup): Promise<SubscriptionInfo> {
  const { definition, group, streams } = running;
  const { settings } = definition;
  const info = new persistent.SubscriptionInfo();
  // As it is stored: there as soon as somebody could read it, and not before.
  const [known, checkpointed] = await Promise.all([lastKnownOf(running), streams.checkpoint()]);
  const connections = [...group.readers].map((reader) => connectionOf(reader as ConnectedReader));
  return info
    .setEventSource(definition.source)
    .setGroupName(definition.name)
    .setStatus(statusOf(running))
    .setConnectionsList(connections)
    .setAveragePerSecond(running.perSecond)
    .setTotalItems(String(running.total))
    .setCountSinceLastMeasurement(String(running.perSecond))
    .setLastCheckpointedEventPosition(checkpointed === null ? "" : streams.placeText(checkpointed))
    .setLastKnownEventPosition(known === null ? "" : streams.placeText(known))
    .setResolveLinkTos(settings.resolveLinks)
    .setStartFrom(startText(definition.source, settings.startFrom))
    .setMessageTimeoutMilliseconds(settings.messageTimeout)
    .setExtraStatistics(settings.extraStatistics)
    .setMaxRetryCount(settings.maxRetryCount)
    .setLiveBufferSize(settings.liveBufferSize)
    .setBufferSize(settings.historyBufferSize)
    .setReadBatchSize(settings.readBatchSize)
    .setCheckPointAfterMilliseconds(settings.checkpointAfter)
    .setMinCheckPointCount(settings.minCheckpointCount)
    .setMaxCheckPointCount(settings.maxCheckpointCount)
    .setReadBufferCount(group.waiting.length)
    .setLiveBufferCount("0")
    .setRetryBufferCount(group.retrying.length)
    .setTotalInFlightMessages(group.inFlight.size)
    .setOutstandingMessagesCount(group.inFlight.size)
    .setNamedConsumerStrategy(settings.strategy)
    .setMaxSubscriberCount(settings.maxSubscriberCount)
    .setParkedMessageCount(String(await running.replay.parkedCount()));
}

const statusOf = (running: RunningGroup): string =>
  [
    ...(running.state === "loading" ? ["NotReady"] : []),
    ...(running.state === "behind" ? ["Behind"] : []),
    ...(running.replay.isRunning ? ["ReplayingParkedMessages"] : []),
    ...(running.state === "live" ? ["Live"] : []),
  ].join(", ");

async function lastKnownOf({ definition: { source }, services: { reading, live } }: RunningGroup): Promise<bigint | null> {
  const last = source === "$all" ? live.position : (await reading.state(source)).last;
  return last < 0n ? null : last;
}

function startText(source: string, from: bigint | "start" | "end"): string {
  const place = from === "start" ? 0n : from === "end" ? -1n : from;
  return source === "$all" ? `C:${place}/P:${place}` : String(place);
}

function connectionOf({ about, total, size, inFlight, measurements }: ConnectedReader): SubscriptionInfo.ConnectionInfo {
  return new persistent.SubscriptionInfo.ConnectionInfo()
    .setFrom("")
    .setUsername(about.username)
    .setConnectionName(about.name)
    .setTotalItems(String(total))
    .setCountSinceLastMeasurement("0")
    .setAvailableSlots(size - inFlight)
    .setInFlightMessages(inFlight)
    .setObservedMeasurementsList(
      summaryOf(measurements).map(([key, value]) => new persistent.SubscriptionInfo.Measurement().setKey(key).setValue(String(value))),
    );
}
