import { join } from "node:path";
import { checkAudit } from "../checks/audit.ts";
import { checkBudgets } from "../checks/budgets.ts";
import { checkDependencies } from "../checks/dependencies.ts";
import { checkImports } from "../checks/import-rules.ts";
import { checkL10n } from "../checks/l10n.ts";
import { checkLockfile } from "../checks/lockfile.ts";
import { Failure } from "../lib/log.ts";
import { root } from "../lib/paths.ts";
import { run } from "../lib/process.ts";
import type { Counts } from "./counts.ts";

const bin = (name: string) => join(root, "node_modules", ".bin", name);

/** Runs a tool that explains itself. */
async function tool(name: string, ...args: readonly string[]): Promise<boolean> {
  return (await run(bin(name), args, { cwd: root, shell: process.platform === "win32" })) === 0;
}

/** Prints what a check of our own found. */
async function clean(found: Promise<string[]>): Promise<boolean> {
  const lines = await found;
  for (const line of lines) console.log(line);
  return lines.length === 0;
}

/** Each check says itself what is wrong and resolves with whether all is well. */
const all: Record<string, () => Promise<boolean>> = {
  types: async () => (await tool("tsc", "-p", ".")) && (await tool("tsc", "-p", "src/webview")),
  lint: () => tool("biome", "check", "--error-on-warnings"),
  imports: () => clean(checkImports()),
  texts: () => clean(checkL10n()),
  lockfile: () => clean(checkLockfile()),
  unused: () => tool("knip"),
  dependencies: () => clean(checkDependencies()),
  budgets: () => clean(checkBudgets()),
  audit: () => clean(checkAudit()),
};

/** Runs every check, or those named; a check that fails is a failure, one that passes is not a passed test. */
export async function checks(names: readonly string[]): Promise<Counts> {
  const wrong = names.find((name) => !(name in all));
  if (wrong) throw new Failure(`There is no check "${wrong}": ${Object.keys(all).join(", ")}.`);
  let failed = 0;
  for (const [name, check] of Object.entries(all)) {
    if (names.length > 0 && !names.includes(name)) continue;
    console.log(`--- ${name}`);
    const well = await check().catch((error: unknown) => {
      console.log(error instanceof Failure ? error.message : error);
      return false;
    });
    if (well) continue;
    failed++;
    console.log(`--- ${name}: failed`);
  }
  return { passed: 0, failed, skipped: 0 };
}
