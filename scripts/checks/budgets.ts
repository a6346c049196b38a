import { readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import type { Metafile } from "esbuild";
import { root } from "../lib/paths.ts";
import { packageExtension } from "../lib/vsix.ts";

const kilobyte = 1024;

/** One measured size and how far it may go, in bytes. */
export interface Budget {
  what: string;
  size: number;
  limit: number;
}

/** Packages that must not be loaded by activation. */
const heavy = ["zod", "undici"];

type Outputs = Metafile["outputs"];

/** An output and all that it imports statically: what is loaded with it. */
export function staticClosure(outputs: Outputs, entry: string, seen = new Set<string>()): Set<string> {
  if (seen.has(entry)) return seen;
  seen.add(entry);
  for (const { path, kind, external } of outputs[entry]?.imports ?? []) {
    if (kind === "import-statement" && !external) staticClosure(outputs, path, seen);
  }
  return seen;
}

/** Packages among `heavy` that a set of outputs holds code of. */
export function heavyIn(outputs: Outputs, paths: Iterable<string>): string[] {
  const inputs = [...paths].flatMap((path) => Object.keys(outputs[path]?.inputs ?? {}));
  return heavy.filter((name) => inputs.some((input) => input.includes(`node_modules/${name}/`)));
}

/** Sizes of the entry chunk with what it imports, of each webview, and of the package. */
export function budgetsOf(outputs: Outputs, vsixBytes: number): Budget[] {
  const size = (path: string) => outputs[path]?.bytes ?? Number.POSITIVE_INFINITY;
  const entry = [...staticClosure(outputs, "dist/extension.js")];
  return [
    {
      what: "activation (dist/extension.js and its static imports)",
      size: entry.reduce((sum, path) => sum + size(path), 0),
      limit: 25 * kilobyte,
    },
    ...Object.keys(outputs)
      .filter((path) => /^dist\/webview\/[^/]+\.js$/.test(path))
      .map((path) => ({ what: path, size: size(path), limit: 150 * kilobyte })),
    { what: "package", size: vsixBytes, limit: kilobyte * kilobyte },
  ];
}

/** Packages the extension and holds its sizes against their budgets; prints them as a table. */
export async function checkBudgets(): Promise<string[]> {
  const vsix = await packageExtension();
  const { outputs }: Metafile = JSON.parse(await readFile(join(root, "dist", "metafile.json"), "utf8"));
  const budgets = budgetsOf(outputs, (await stat(vsix)).size);
  const kb = (bytes: number) => `${(bytes / kilobyte).toFixed(1)} KB`.padStart(10);
  for (const { what, size, limit } of budgets) console.log(`${kb(size)} of ${kb(limit)}  ${what}`);
  return [
    ...budgets.filter(({ size, limit }) => size > limit).map(({ what }) => `${what} is over its budget`),
    ...heavyIn(outputs, staticClosure(outputs, "dist/extension.js")).map(
      (name) => `activation loads ${name}`,
    ),
  ];
}
