import fc from "fast-check";

/** Where in a message: keys and indices from its root. */
export type Path = readonly (string | number)[];

/** Every place in a message, the root first. Bytes are one place. */
export function paths(value: unknown, at: Path = []): Path[] {
  if (typeof value !== "object" || value === null || value instanceof ArrayBuffer) return [at];
  return [at, ...Object.entries(value).flatMap(([key, each]) => paths(each, [...at, key]))];
}

/** A copy with another value at a place; `undefined` removes what is there. */
export function broken(value: unknown, [key, ...rest]: Path, by: unknown): unknown {
  if (key === undefined) return by;
  const copy = { ...(value as Record<string | number, unknown>) };
  if (rest.length === 0 && by === undefined) delete copy[key];
  else copy[key] = broken(copy[key], rest, by);
  return copy;
}

/** Nothing of this type may stand anywhere in a message. */
export const foreign = fc.oneof(
  fc.constantFrom(
    null,
    true,
    Number.NaN,
    -1,
    1.5,
    "",
    "constructor",
    "__proto__",
    "x".repeat(30_000),
    [],
    () => 1,
  ),
  fc.bigInt(),
  fc.array(fc.anything(), { minLength: 1 }),
  fc.dictionary(fc.string({ minLength: 1 }), fc.anything(), { minKeys: 1 }),
);
