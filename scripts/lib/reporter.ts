import { writeFileSync } from "node:fs";
import Mocha from "mocha";

/** How a suite ended. */
export interface Counts {
  passed: number;
  failed: number;
  skipped: number;
}

/** mocha's spec reporter, which also writes the counts into the file named by `EASEL_TEST_COUNTS`. */
export default class CountingReporter extends Mocha.reporters.Spec {
  constructor(runner: Mocha.Runner, options: Mocha.MochaOptions) {
    super(runner, options);
    runner.once("end", () => {
      const { passes: passed = 0, failures: failed = 0, pending: skipped = 0 } = runner.stats ?? {};
      const file = process.env.EASEL_TEST_COUNTS;
      if (file) writeFileSync(file, JSON.stringify({ passed, failed, skipped } satisfies Counts));
    });
  }
}
