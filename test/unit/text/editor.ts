import { readFileSync } from "node:fs";
import { registerHooks } from "node:module";

/**
 * Lets `src/text` be loaded without an editor: `vscode` becomes its `l10n` in the language of `EASEL_WORDS` (the Chinese bundle, or
 * English). Import before anything of `src/text`, and that by `await import`.
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

const stub = `
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
