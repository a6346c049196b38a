import { glob } from "node:fs/promises";
import { root } from "./paths.ts";

/** Files of the repository that match patterns: sorted paths from the root, with slashes. */
export async function sourceFiles(patterns: readonly string[]): Promise<string[]> {
  const found: string[] = [];
  for await (const entry of glob([...patterns], { cwd: root, withFileTypes: true })) {
    if (entry.isFile())
      found.push(`${entry.parentPath}/${entry.name}`.replaceAll("\\", "/").slice(root.length + 1));
  }
  return found.sort();
}
