import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { format } from "node:util";
import Mocha from "mocha";
import CountingReporter from "../../scripts/lib/reporter.ts";
import { context } from "./context.ts";

/** Marks what tests and reporter print, so that the runner can tell it from the workbench's own chatter. */
function markConsole(): void {
  const original = console;
  const print = (...args: unknown[]) => original.log(`${context.mark ?? ""}${format(...args)}`);
  // The editor lets nobody assign the methods of its console.
  globalThis.console = Object.create(
    original,
    Object.fromEntries(["log", "info", "warn", "error"].map((level) => [level, { value: print }])),
  );
  Object.assign(Mocha.reporters.Base, { consoleLog: print });
}

/** Leaves a window with two folders the tests that ask for one by their title, and any other window the rest. */
function keepOwnTests(suite: Mocha.Suite, twoFolders: boolean): void {
  suite.tests = suite.tests.filter(({ title }) => title.startsWith("two folders:") === twoFolders);
  for (const inner of suite.suites) keepOwnTests(inner, twoFolders);
}

/** Runs every bundled host test beside this file; rejects when one fails. The editor calls it. */
export async function run(): Promise<void> {
  markConsole();
  const mocha = new Mocha({
    reporter: CountingReporter,
    color: false,
    timeout: 20_000,
    ...(context.grep ? { grep: context.grep } : {}),
  });
  for (const name of (await readdir(import.meta.dirname)).sort()) {
    if (name.endsWith(".test.js")) mocha.addFile(join(import.meta.dirname, name));
  }
  await mocha.loadFilesAsync();
  keepOwnTests(mocha.suite, context.folders.length > 1);
  const failed = await new Promise<number>((done) => mocha.run(done));
  if (failed > 0) throw new Error(`${failed} failed`);
}
