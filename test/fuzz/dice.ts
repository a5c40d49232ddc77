import { createHash } from "node:crypto";

/** Chances that fall the same way for the same seed. */
export interface Random {
  /** A whole number from 0 to the given one, inclusive. */
  upTo(most: number): number;
  chance(probability: number): boolean;
  of<T>(choices: readonly T[]): T;
}

/** By a generator of 32 bits (mulberry32), begun from the digest of the seed. */
export function randomOf(seed: string): Random {
  let state = createHash("sha256").update(seed).digest().readUInt32BE(0);
  const next = () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  return {
    upTo: (most) => Math.floor(next() * (most + 1)),
    chance: (probability) => next() < probability,
    of: (choices) => choices[Math.floor(next() * choices.length)]!,
  };
}
