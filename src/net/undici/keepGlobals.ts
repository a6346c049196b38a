/**
 * Importing undici can replace the dispatcher that every other extension's `fetch` goes through. This module is imported
 * just before undici, in the same synchronous evaluation: it notes what is there and, where undici would find nothing,
 * puts something in its place for the moment, so that undici leaves the rest alone.
 */
const dispatcherName = /^undici\.globalDispatcher\.\d+$/;
const known = [1, 2, 3].map((version) => Symbol.for(`undici.globalDispatcher.${version}`));

const before = new Map<symbol, PropertyDescriptor | undefined>();
for (const symbol of known) {
  before.set(symbol, Object.getOwnPropertyDescriptor(globalThis, symbol));
  if (Reflect.get(globalThis, symbol) === undefined) {
    Reflect.defineProperty(globalThis, symbol, { value: {}, writable: true, configurable: true });
  }
}

/** Puts every process-wide dispatcher back as it was before undici was imported. */
export function putBackGlobals(): void {
  const now = Object.getOwnPropertySymbols(globalThis).filter((symbol) =>
    dispatcherName.test(symbol.description ?? ""),
  );
  for (const symbol of new Set([...known, ...now])) {
    const was = before.get(symbol);
    if (!was && Reflect.deleteProperty(globalThis, symbol)) continue;
    if (!was || !Reflect.defineProperty(globalThis, symbol, was)) Reflect.set(globalThis, symbol, was?.value);
  }
}
