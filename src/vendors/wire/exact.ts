type Reviver = (key: string, value: unknown, context?: { source?: string }) => unknown;

/** Parses JSON; whole numbers that would lose digits, such as ids beyond 2^53, come as texts. Throws a `SyntaxError`. */
export function parseExact(text: string): unknown {
  const keepDigits: Reviver = (_key, value, context) => {
    const source = context?.source ?? "";
    return typeof value === "number" && !Number.isSafeInteger(value) && /^-?\d+$/.test(source)
      ? source
      : value;
  };
  return JSON.parse(text, keepDigits);
}
