import type { Metadata } from "@grpc/grpc-js";

/** What a handler may ask of the call that was let in to it. */
export interface Passed {
  /** Whose share of what there is it takes up. */
  readonly user: string;
  /** Ends it, whatever still waits to be sent: its client takes nothing any more, and will read it as "unavailable". */
  cut(): void;
  /** A message is done with, and what it took up is free again. */
  done(message: object): void;
}

const known = new WeakMap<Metadata, Passed>();

export const letIn = (metadata: Metadata, passed: Passed): void => void known.set(metadata, passed);

/** By the headers that came with the call. */
export function passedOf({ metadata }: { readonly metadata: Metadata }): Passed {
  const passed = known.get(metadata);
  if (!passed) throw new Error("A call came past the guard.");
  return passed;
}
