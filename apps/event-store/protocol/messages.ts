import type { ReadResp } from "@eventstore/db-client/generated/streams_pb.js";
import { shared, streams } from "./generated.js";

const { ReadResp: Response } = streams;

export const confirmation = (id: string): ReadResp =>
  new Response().setConfirmation(new Response.SubscriptionConfirmation().setSubscriptionId(id));

export const checkpoint = (position: bigint): ReadResp =>
  new Response().setCheckpoint(new Response.Checkpoint().setCommitPosition(position.toString()).setPreparePosition(position.toString()));

export const caughtUp = (): ReadResp => new Response().setCaughtUp(new Response.CaughtUp());

export const streamNotFound = (name: string): ReadResp => {
  const identifier = new shared.StreamIdentifier().setStreamName(Buffer.from(name));
  return new Response().setStreamNotFound(new Response.StreamNotFound().setStreamIdentifier(identifier));
};

/** Where the first event lies that a read forwards would have found: told where it found none. */
export const firstPosition = (revision: bigint): ReadResp => new Response().setFirstStreamPosition(revision.toString());

/** Where the stream ends now: told after a read. */
export const lastPosition = (revision: bigint): ReadResp => new Response().setLastStreamPosition(revision.toString());
