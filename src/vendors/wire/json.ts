/** The value of a JSON text; undefined where it is none. */
export function jsonOf(text: string): unknown {
  return parsed(text);
}

type Reviver = (key: string, value: unknown, context?: { source?: string }) => unknown;

/** As {@link jsonOf}; whole numbers that would lose digits, such as ids beyond 2^53, come as texts. */
export function exactJsonOf(text: string): unknown {
  const keepDigits: Reviver = (_key, value, context) => {
    const source = context?.source ?? "";
    return typeof value === "number" && !Number.isSafeInteger(value) && /^-?\d+$/.test(source)
      ? source
      : value;
  };
  return parsed(text, keepDigits);
}

function parsed(text: string, reviver?: Reviver): unknown {
  try {
    return JSON.parse(text, reviver);
  } catch {
    return undefined;
  }
}
