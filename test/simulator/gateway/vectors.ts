import { createHash } from "node:crypto";

/** The words of a text; Chinese is taken two characters at a time. */
function termsOf(text: string): string[] {
  const lower = text.toLowerCase();
  const latin = lower.match(/[\p{L}\p{N}]+/gu) ?? [];
  return latin.flatMap((word) =>
    /[\u3400-\u9fff]/.test(word) && word.length > 1
      ? Array.from({ length: word.length - 1 }, (_, at) => word.slice(at, at + 2))
      : [word.length > 4 ? word.replace(/(ing|es|s|ed)$/, "") : word],
  );
}

/** A vector of length one. Texts that share words lie near each other. */
export function vectorOf(text: string, dimension: number): number[] {
  const sum = new Float64Array(dimension);
  for (const term of [...termsOf(text), "\u0000"]) {
    const hash = createHash("sha256").update(term).digest();
    for (let at = 0; at < 32; at += 4) {
      const index = hash.readUInt32BE(at) % dimension;
      const weight = (hash[at] ?? 0) % 2 === 0 ? 1 : -1;
      sum[index] = (sum[index] ?? 0) + weight;
    }
  }
  const length = Math.hypot(...sum) || 1;
  return [...sum].map((value) => Math.round((value / length) * 1e6) / 1e6);
}

/** How well a document answers a query, between 0 and 1. */
export function relevance(query: string, document: string): number {
  const asked = new Set(termsOf(query));
  const told = new Set(termsOf(document));
  const shared = [...asked].filter((term) => told.has(term)).length;
  const share = shared / Math.max(1, asked.size);
  // Never quite 0 or 1, and longer documents a little lower, so that ties are rare.
  return Math.round((0.05 + 0.9 * share - Math.min(0.04, told.size / 1000)) * 10_000) / 10_000;
}
