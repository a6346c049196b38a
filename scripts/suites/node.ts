import { join } from "node:path";
import { sourceFiles } from "../lib/files.ts";
import { root } from "../lib/paths.ts";
import { run } from "../lib/process.ts";
import { type Counts, counted } from "./counts.ts";

/**
 * Files of a suite that run side by side, each in a process of its own: tests wait more than they work. More than this makes a small
 * machine miss what a person would see in time.
 */
const jobs = 2;

/** A test that takes this long hangs, however busy the machine is. Milliseconds. */
const hangMs = 30_000;

/** Runs the mocha suites that need no editor: every `*.test.ts` under `test/<name>`. */
export async function nodeSuite(
  name: "unit" | "contract" | "e2e",
  args: readonly string[],
  options: { env?: Record<string, string>; timeoutMs?: number; mocha?: readonly string[] } = {},
): Promise<Counts> {
  const files = await sourceFiles([`test/${name}/**/*.test.ts`]);
  if (files.length === 0) return { passed: 0, failed: 0, skipped: 0 };
  const mocha = join(root, "node_modules", "mocha", "bin", "mocha.js");
  const reporter = join(root, "scripts", "lib", "reporter.ts");
  const { timeoutMs = hangMs } = options;
  const flags = ["--reporter", reporter, "--timeout", String(timeoutMs), "--parallel", `--jobs=${jobs}`];
  return counted(name, (env) =>
    run(process.execPath, [mocha, ...flags, ...(options.mocha ?? []), ...files, ...args], {
      cwd: root,
      env: { ...process.env, ...options.env, ...env },
    }),
  );
}
