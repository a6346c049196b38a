import { mkdir } from "node:fs/promises";
import { homedir, tmpdir } from "node:os";
import { join, resolve } from "node:path";

/** The repository's folder. */
export const root = resolve(import.meta.dirname, "..", "..");

/** Where everything a run leaves behind goes; ignored by git. */
export const out = join(root, "out");

/** The cache outside the tree: `EASEL_CACHE`, else `$XDG_CACHE_HOME/easel`, else `~/.cache/easel`; created. */
export async function cacheDir(): Promise<string> {
  const { EASEL_CACHE, XDG_CACHE_HOME } = process.env;
  const wanted = EASEL_CACHE
    ? resolve(EASEL_CACHE)
    : join(XDG_CACHE_HOME || join(homedir() || tmpdir(), ".cache"), "easel");
  await mkdir(wanted, { recursive: true });
  return wanted;
}
