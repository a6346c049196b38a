import { readFileSync } from "node:fs";
import { registerHooks } from "node:module";

/**
 * Lets parts of `src` be loaded without an editor: `vscode` becomes its `l10n`, its events, real files behind `workspace.fs`, settings
 * without values but for those {@link configured}, and a workspace that is trusted unless {@link untrusted} says otherwise. Import
 * before anything of `src` that needs an editor, and that by `await import`.
 */
export function withoutEditor(): void {
  registerHooks({
    resolve: (specifier, context, next) =>
      specifier === "vscode" ? { url: "easel-test:vscode", shortCircuit: true } : next(specifier, context),
    load: (url, context, next) =>
      url === "easel-test:vscode"
        ? { format: "module", source: stub, shortCircuit: true }
        : next(url, context),
  });
}

/** Runs in a workspace that is not trusted. Answers what the user was shown. */
export async function untrusted(run: () => Promise<void>): Promise<string[]> {
  const scope = globalThis as { easelUntrusted?: string[] };
  const shown: string[] = [];
  scope.easelUntrusted = shown;
  try {
    await run();
  } finally {
    delete scope.easelUntrusted;
  }
  return shown;
}

/** What `run` answers with these settings, by their whole ids. */
export function configured<T>(settings: Readonly<Record<string, unknown>>, run: () => T): T {
  const scope = globalThis as { easelSettings?: Readonly<Record<string, unknown>> };
  scope.easelSettings = settings;
  try {
    return run();
  } finally {
    delete scope.easelSettings;
  }
}

const stub = `
import { readFile, stat } from "node:fs/promises";
export class EventEmitter {
  #listeners = new Set();
  event = (listener) => {
    this.#listeners.add(listener);
    return { dispose: () => this.#listeners.delete(listener) };
  };
  fire(value) { for (const listener of this.#listeners) listener(value); }
  dispose() { this.#listeners.clear(); }
}
export const Uri = { parse: (text) => ({ path: new URL(text).pathname, toString: () => text, url: new URL(text) }) };
export const workspace = {
  get isTrusted() { return globalThis.easelUntrusted === undefined; },
  fs: { readFile: ({ url }) => readFile(url), stat: ({ url }) => stat(url) },
  getConfiguration: () => ({ get: (id) => globalThis.easelSettings?.[id] }),
};
export const window = {
  showWarningMessage: async (text) => void globalThis.easelUntrusted?.push(text),
};
export const env = { language: "en" };
export const l10n = { t: (text, ...values) => {
  globalThis.easelWords?.(text);
  const args = values.length === 1 && typeof values[0] === "object" ? values[0] : values;
  return text.replace(/\\{(\\w+)\\}/g, (whole, name) => String(args[name] ?? whole));
} };`;

/** English -> Chinese, as it ships. */
export function chinese(): Record<string, string> {
  const bundle = new URL("../../../l10n/bundle.l10n.zh-cn.json", import.meta.url);
  return JSON.parse(readFileSync(bundle, "utf8")) as Record<string, string>;
}

/** The texts looked up while `run` runs. */
export function lookedUp(run: () => void): string[] {
  const seen = new Set<string>();
  const scope = globalThis as { easelWords?: (text: string) => void };
  scope.easelWords = (text) => seen.add(text);
  try {
    run();
  } finally {
    delete scope.easelWords;
  }
  return [...seen];
}
