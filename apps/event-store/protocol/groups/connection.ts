import type { ReadResp } from "@eventstore/db-client/generated/persistent_pb.js";
import type { ServerDuplexStream } from "@grpc/grpc-js";
import type { Item, GroupReader } from "../../semantics/groups/group.js";
import type { MayRead } from "../access.js";
import { eventBytes } from "../event-bytes.js";

const mostMeasurements = 1_000;
/** How many events wait to be taken by one reader before it is given no more. */
const mostWaiting = 200;

/** What is known of a reader. */
export interface ReaderOptions {
  readonly call: Pick<ServerDuplexStream<unknown, ReadResp | Buffer>, "write" | "writableLength">;
  readonly size: number;
  readonly name: string;
  readonly username: string;
  readonly measured: boolean;
  readonly mayRead: MayRead;
  readonly drop: () => void;
  /** Told of every delivery. */
  readonly counted: () => void;
  /** Told when something waits to be taken. */
  readonly waits: () => void;
}

/** A reader that is connected. */
export class ConnectedReader implements GroupReader {
  inFlight = 0;
  total = 0;
  perSecond = 0;
  /** Milliseconds from delivery to acknowledgement, the newest last. */
  readonly measurements: number[] = [];

  #order: Promise<void> | null = null;

  constructor(readonly about: ReaderOptions) {}

  get size(): number {
    return this.about.size;
  }

  get isClogged(): boolean {
    return this.about.call.writableLength >= mostWaiting;
  }

  drop(): void {
    this.about.drop();
  }

  /** What a link points to is shown to a reader who could read it where it lies; that is asked when it is sent. */
  deliver(item: Item): void {
    this.total++;
    this.about.counted();
    const { record, link } = item;
    if (!this.#order && (!record || !link)) return this.#send(item);
    const order = this.#sendAllowed(item, this.#order);
    this.#order = order;
    void order.then(() => this.#order === order && (this.#order = null));
  }

  async #sendAllowed(item: Item, before: Promise<void> | null): Promise<void> {
    await before;
    const { record, link } = item;
    const hidden = record && link && !(await this.about.mayRead(record.stream).catch(() => false));
    this.#send(hidden ? { ...item, record: null } : item);
  }

  #send({ record, link, retries }: Item): void {
    const { position } = link ?? record!;
    if (!this.about.call.write(eventBytes(record, link, { place: position, retries }))) this.about.waits();
  }

  acknowledged(milliseconds: number): void {
    if (!this.about.measured) return;
    this.measurements.push(milliseconds);
    if (this.measurements.length > mostMeasurements) this.measurements.shift();
  }
}
