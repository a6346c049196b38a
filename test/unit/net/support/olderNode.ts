import { mkdir, rename, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { withLock } from "../../../../scripts/lib/lock.ts";
import { cacheDir } from "../../../../scripts/lib/paths.ts";
import { npm } from "../../../../scripts/lib/process.ts";

/** The oldest Node that undici 8 runs in. */
const version = "22.19.0";

/**
 * Path of that Node, kept in the cache outside the tree and got with npm the first time; undefined where it cannot be had, such as
 * without a network. It is in no lock file: only this needs it.
 */
export async function olderNode(): Promise<string | undefined> {
  const cache = await cacheDir();
  const folder = join(cache, `node-${version}`);
  const platform = process.platform === "win32" ? "win" : process.platform;
  const prefix = process.platform === "darwin" && process.arch === "arm64" ? "node-bin" : "node";
  const name = `${prefix}-${platform}-${process.arch}`;
  const path = join(folder, "node_modules", name, "bin", process.platform === "win32" ? "node.exe" : "node");
  const isThere = () => stat(path).then(Boolean, () => false);
  if (await isThere()) return path;
  return withLock(join(cache, `node-${version}.lock`), async () => {
    if (await isThere()) return path;
    const draft = `${folder}.new`;
    await rm(draft, { recursive: true, force: true });
    await mkdir(draft);
    await writeFile(join(draft, "package.json"), '{ "private": true }\n');
    const args = ["install", "--ignore-scripts", "--no-audit", "--no-fund", `${name}@${version}`];
    try {
      await npm(`Fetching Node ${version}`, args, draft);
    } catch {
      await rm(draft, { recursive: true, force: true });
      return undefined;
    }
    await rename(draft, folder);
    return path;
  });
}
