import { hash } from "node:crypto";
import { canonical } from "./canonical.js";
import type { Integrity, Metadata, StoredBody, StoredFact } from "./stored.js";

/** What a link of the chain covers: everything stored, as stored, so that an erasure leaves every chain valid. */
export interface ChainLink {
  readonly stream: string;
  readonly revision: bigint;
  readonly type: string;
  readonly body: StoredBody;
  readonly metadata: Omit<Metadata, "hash" | "mark">;
}

/** SHA-256 over the canonical form (RFC 8785), hexadecimal. Throws where something is no JSON, before anything is sent. */
export const linkHash = ({ stream, revision, type, body, metadata }: ChainLink): string =>
  hash("sha256", canonical({ stream, revision: revision.toString(), type, body, metadata }));

/** The first 64 bits of the SHA-256 of a text: a number that tells two texts apart. */
export const fingerprintOf = (text: string): bigint => hash("sha256", text, "buffer").readBigUInt64BE();

/** The hash of a fact as it stands. */
export function hashOf({ stream, revision, type, data, personal, metadata }: StoredFact): string {
  const { hash: _, mark: __, ...covered } = metadata;
  return linkHash({ stream, revision, type, body: personal ? { data, personal } : { data }, metadata: covered });
}

/** A fact that was judged by itself, judged with what stands before it. `before` is the hash of the fact that its own one must name. */
export const judgedAfter = (before: string, { integrity = "intact", metadata }: StoredFact): Integrity =>
  integrity !== "forged" && metadata.prev !== before ? "broken" : integrity;

/** The hash that the next fact must name. What is forged is no link of the chain. */
export const hashAfter = (before: string, { integrity, metadata }: StoredFact): string => (integrity === "forged" ? before : metadata.hash);

/** Where a stream's chain is broken, or null. `prev` is the hash before the first of `facts`, empty at the stream's start. */
export function firstBrokenLink(facts: Iterable<StoredFact>, prev = ""): { stream: string; revision: bigint } | null {
  let before = prev;
  for (const fact of facts) {
    const { stream, revision, metadata } = fact;
    if (metadata.prev !== before || hashOf(fact) !== metadata.hash) return { stream, revision };
    before = metadata.hash;
  }
  return null;
}
