/** JSON whose integers beyond 2^53 keep every digit: they are bigints on this side of the wire. */

type Change = (key: string, value: unknown) => unknown;

const raw = JSON as typeof JSON & { rawJSON(text: string): unknown };

/** Parses; integers that a number cannot hold become bigints. `change` is called as a reviver is. */
export function parseExact(text: string, change: Change = (_key, value) => value): unknown {
  return JSON.parse(text, (key: string, value: unknown, context?: { source?: string }) =>
    change(
      key,
      typeof value === "number" && !Number.isSafeInteger(value) && /^-?\d+$/.test(context?.source ?? "")
        ? BigInt(context?.source ?? 0)
        : value,
    ),
  );
}

/** Writes; bigints become plain digits. */
export function stringifyExact(value: unknown, space = 0): string {
  return JSON.stringify(
    value,
    (_key, inner: unknown) => (typeof inner === "bigint" ? raw.rawJSON(String(inner)) : inner),
    space,
  );
}
