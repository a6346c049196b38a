import { mkdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { out } from "../lib/paths.ts";
import type { Counts } from "../lib/reporter.ts";

export type { Counts };

/**
 * Runs a mocha process that reports into the file named in the environment it is given, and reads the counts. A run
 * that ends badly without a failed test, or before it could count, is one failure.
 */
export async function counted(
  name: string,
  body: (env: { EASEL_TEST_COUNTS: string }) => Promise<number>,
): Promise<Counts> {
  const file = join(out, `${name}-counts.json`);
  await mkdir(out, { recursive: true });
  await rm(file, { force: true });
  const code = await body({ EASEL_TEST_COUNTS: file });
  const text = await readFile(file, "utf8").catch(() => undefined);
  const counts: Counts = text ? JSON.parse(text) : { passed: 0, failed: 0, skipped: 0 };
  return code !== 0 && counts.failed === 0 ? { ...counts, failed: 1 } : counts;
}
