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
