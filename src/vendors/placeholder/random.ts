import { createHash } from "node:crypto";

/** A repeatable source of numbers: the same key gives the same sequence on every machine. */
export interface Random {
  /** From 0 up to 1. */
  next(): number;
  /** From `low` up to `high`. */
  between(low: number, high: number): number;
  /** A whole number from `low` to `high`, both possible. */
  whole(low: number, high: number): number;
  pick<T>(items: readonly [T, ...T[]]): T;
}

/** First 31 bits of a text's SHA-256: a seed that fits every option. */
export function hashSeed(text: string): number {
  return createHash("sha256").update(text).digest().readUInt32BE(0) >>> 1;
}

/** mulberry32 over a hash of the key: small, fast, and good enough for pictures. */
export function random(key: string): Random {
  let state = createHash("sha256").update(key).digest().readUInt32LE(0);
  const next = () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const whole = (low: number, high: number) => low + Math.floor(next() * (high - low + 1));
  return {
    next,
    between: (low, high) => low + next() * (high - low),
    whole,
    pick: (items) => items[whole(0, items.length - 1)] ?? items[0],
  };
}
