import { v5 as uuidv5 } from "uuid";

const namespace = "2d1f0a52-7a0b-5a8e-9d6c-9d1a6a5e0f11";

/** Chance that comes out the same for the same seed (mulberry32): a demo is repeatable. */
export class Random {
  #state: number;

  constructor(readonly seed: string) {
    this.#state = Number.parseInt(uuidv5(seed, namespace).slice(0, 8), 16);
  }

  /** From 0 up to, not including, 1. */
  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  }

  /** A whole number, both ends included. */
  between(least: number, most: number): number {
    return least + Math.floor(this.next() * (most - least + 1));
  }

  pick<T>(list: readonly T[]): T {
    return list[Math.floor(this.next() * list.length)]!;
  }

  some<T>(list: readonly T[], count: number): T[] {
    return [...list].sort(() => this.next() - 0.5).slice(0, count);
  }

  chance(part: number): boolean {
    return this.next() < part;
  }
}

/** The key of one step of the demo: the same at every run, so that a second run changes nothing. */
export const keyOf = (...parts: readonly (string | number)[]): string => uuidv5(parts.join("|"), namespace);
