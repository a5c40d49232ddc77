import type { ReadResp } from "@eventstore/db-client/generated/persistent_pb.js";
import type { ServerDuplexStream } from "@grpc/grpc-js";
import type { Item, Reader } from "../../semantics/groups/group.js";
import { fillRecord } from "../messages.js";
import { persistent } from "../generated.js";

const { ReadResp: Response } = persistent;
const mostMeasurements = 1_000;

/** A reader that is connected, with what is known of it. */
export class Connection implements Reader {
  inFlight = 0;
  total = 0;
  perSecond = 0;
  /** Milliseconds from delivery to acknowledgement, the newest last. */
  readonly measurements: number[] = [];

  constructor(
    readonly call: Pick<ServerDuplexStream<unknown, ReadResp>, "write">,
    readonly size: number,
    readonly name: string,
    readonly username: string,
    readonly measured: boolean,
    readonly drop: () => void,
    readonly counted: () => void,
  ) {}

  deliver({ record, link, retries }: Item): void {
    this.total++;
    this.counted();
    const { position } = link ?? record!;
    const event = new Response.ReadEvent().setCommitPosition(position.toString()).setRetryCount(retries);
    if (record) event.setEvent(fillRecord(new Response.ReadEvent.RecordedEvent(), record, position));
    if (link) event.setLink(fillRecord(new Response.ReadEvent.RecordedEvent(), link, position));
    this.call.write(new Response().setEvent(event));
  }

  acknowledged(milliseconds: number): void {
    if (!this.measured) return;
    this.measurements.push(milliseconds);
    if (this.measurements.length > mostMeasurements) this.measurements.shift();
  }
}
