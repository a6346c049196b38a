import { join } from "node:path";
import { checkBudgets } from "./checks/budgets.ts";
import { main } from "./lib/log.ts";
import { root } from "./lib/paths.ts";
import { runHostTests } from "./suites/host.ts";

/** Measures; a number, however large, is no failure. */
await main(async () => {
  await checkBudgets();
  const { failed } = await runHostTests(
    { name: "bench", beside: join(root, "test", "bench", "extensions"), timeout: 10 * 60_000 },
    process.argv.slice(2),
  );
  process.exitCode = failed > 0 ? 1 : 0;
});
