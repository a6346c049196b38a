import { join } from "node:path";
import { checkBudgets } from "./checks/budgets.ts";
import { sourceFiles } from "./lib/files.ts";
import { main } from "./lib/log.ts";
import { root } from "./lib/paths.ts";
import { run } from "./lib/process.ts";
import { runHostTests } from "./suites/host.ts";

/** Measures; a number, however large, is no failure. */
await main(async () => {
  await checkBudgets();
  for (const path of await sourceFiles(["test/bench/**/*.bench.ts"]))
    await run(process.execPath, [path], { cwd: root });
  const { failed } = await runHostTests(
    { name: "bench", beside: join(root, "test", "bench", "extensions"), timeout: 10 * 60_000 },
    process.argv.slice(2),
  );
  process.exitCode = failed > 0 ? 1 : 0;
});
