import { hash } from "node:crypto";
import canonicalize from "canonicalize";
import type { Metadata, StoredBody, StoredFact } from "./stored.js";

/** What a link of the chain covers: everything stored, as stored, so that an erasure leaves every chain valid. */
export interface Link {
  readonly stream: string;
  readonly revision: bigint;
  readonly type: string;
  readonly body: StoredBody;
  readonly metadata: Omit<Metadata, "hash">;
}

/** SHA-256 over the canonical form (RFC 8785), hexadecimal. Throws where something is no JSON, before anything is sent. */
export const linkHash = ({ stream, revision, type, body, metadata }: Link): string =>
  hash("sha256", canonicalize({ stream, revision: revision.toString(), type, body, metadata })!);

/** The first 64 bits of the SHA-256 of a text: a number that tells two texts apart. */
export const fingerprintOf = (text: string): bigint => hash("sha256", text, "buffer").readBigUInt64BE();

/** Where a stream's chain is broken, or null. `prev` is the hash before the first of `facts`, empty at the stream's start. */
export function firstBrokenLink(facts: Iterable<StoredFact>, prev = ""): { stream: string; revision: bigint } | null {
  let before = prev;
  for (const { stream, revision, type, data, personal, metadata } of facts) {
    const { hash: claimed, ...covered } = metadata;
    const body = personal ? { data, personal } : { data };
    if (covered.prev !== before || linkHash({ stream, revision, type, body, metadata: covered }) !== claimed) return { stream, revision };
    before = claimed;
  }
  return null;
}
