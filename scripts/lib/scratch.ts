import { cp, mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { root } from "./paths.ts";

/** The sample workspace: a small web site with text in several languages and real pictures. */
const sampleSite = join(root, "test", "fixtures", "sample-site");

/** Copies the sample workspace. */
export async function copySampleSite(to: string): Promise<void> {
  await mkdir(to, { recursive: true });
  await cp(sampleSite, to, { recursive: true });
}

/** A folder for one run with a short path, removed by `await using`. */
export async function scratch(): Promise<{ path: string } & AsyncDisposable> {
  const path = await mkdtemp(join(tmpdir(), "easel-"));
  return {
    path,
    [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true, maxRetries: 5 }),
  };
}
