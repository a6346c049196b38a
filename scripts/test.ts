import { Failure, main } from "./lib/log.ts";
import { checks } from "./suites/checks.ts";
import type { Counts } from "./suites/counts.ts";
import { e2eSuite } from "./suites/e2e.ts";
import { hostSuite } from "./suites/host.ts";
import { nodeSuite } from "./suites/node.ts";

/** Every suite in the order of a whole run: what fails soonest comes first. */
const suites: Record<string, (args: readonly string[]) => Promise<Counts>> = {
  check: checks,
  unit: (args) => nodeSuite("unit", args),
  contract: (args) => nodeSuite("contract", args),
  host: hostSuite,
  e2e: e2eSuite,
};

/** Runs all suites, or the one named first; other arguments go to mocha. Closes with one line of counts. */
await main(async () => {
  const [name, ...args] = process.argv.slice(2);
  if (name && !suites[name]) {
    throw new Failure(`There is no suite "${name}": ${Object.keys(suites).join(", ")}.`);
  }
  let passed = 0;
  let failed = 0;
  for (const [each, run] of Object.entries(suites)) {
    if (name && each !== name) continue;
    console.log(`\n=== ${each}`);
    const started = Date.now();
    const counts = await run(args).catch((error: unknown): Counts => {
      console.error(error instanceof Failure ? error.message : error);
      return { passed: 0, failed: 1, skipped: 0 };
    });
    passed += counts.passed;
    failed += counts.failed;
    console.log(`=== ${each}: ${((Date.now() - started) / 1000).toFixed(1)} s`);
  }
  console.log(`\n${passed} passed, ${failed} failed`);
  process.exitCode = failed > 0 ? 1 : 0;
});
