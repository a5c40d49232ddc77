import { Counter } from "prom-client";

/** A sealed part that lay where it does not belong, or was changed. */
export interface RefusedPart {
  /** The record that it was shown in. */
  readonly stream: string;
  readonly table: string;
  readonly column: string;
}

type Log = (fields: object, message: string) => void;

/** What only somebody can have done who writes to the read models by hand: said in the log and counted, so that it is looked into. */
export class Alarms {
  readonly counter = new Counter({
    name: "sealed_parts_refused_total",
    help: "Sealed parts in the read models that were changed, or moved to where they do not belong",
    labelNames: ["table", "column"],
    registers: [],
  });

  constructor(private readonly log: Log) {}

  refused({ stream, table, column }: RefusedPart): void {
    this.counter.inc({ table, column });
    this.log(
      { code: "SealedPartRefused", stream, view: table, column },
      "A sealed part in the read models was changed, or moved here from elsewhere; it was not opened. Find out who writes to this database",
    );
  }
}
