import { createWriteStream } from "node:fs";
import { cp, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { build } from "esbuild";
import type { HostContext } from "../../test/host/context.ts";
import { runInHost } from "../host/mocha.ts";
import { startHost } from "../host/server.ts";
import { sourceFiles } from "../lib/files.ts";
import { out, root } from "../lib/paths.ts";
import { copySampleSite, scratch } from "../lib/scratch.ts";
import { simulatorSettings, startSimulator } from "../lib/simulator.ts";
import { buildExtension } from "../lib/vsix.ts";
import { type Counts, counted } from "./counts.ts";

const mark = "easel| ";

/** A folder of mocha files that run inside the extension host. */
export interface HostTests {
  /** Under `test/`; also names what the run leaves in `out`. */
  name: "host" | "bench";
  /** A folder of unpacked extensions to install beside the one under test, absolute. */
  beside?: string;
  /** Opens a workspace of two folders in place of the sample site alone. */
  twoFolders?: boolean;
  /** Milliseconds until the run is given up as hung. */
  timeout: number;
}

/** Bundles a folder's tests; resolves with the module that runs them. */
export async function bundleHostTests(name: HostTests["name"]): Promise<string> {
  await build({
    entryPoints: [
      { in: join(root, "test/host/index.ts"), out: "index" },
      ...(await sourceFiles([`test/${name}/**/*.test.ts`])).map((path) => ({
        in: join(root, path),
        out: path.slice(`test/${name}/`.length, -".ts".length).replaceAll("/", "-"),
      })),
    ],
    outdir: join(out, name),
    bundle: true,
    splitting: true,
    format: "esm",
    platform: "node",
    target: "node22",
    sourcemap: "inline",
    external: ["vscode"],
    packages: "external",
    logLevel: "warning",
  });
  return join(out, name, "index.js");
}

/** The value after `--grep` among mocha's arguments. */
function grep(args: readonly string[]): { grep?: string } {
  const value = args[args.findIndex((arg) => arg === "--grep" || arg === "-g") + 1];
  return args.some((arg) => arg === "--grep" || arg === "-g") && value ? { grep: value } : {};
}

/** Runs a folder's tests inside a real extension host of the VS Code server, on a fresh sample site. */
export async function runHostTests(tests: HostTests, args: readonly string[]): Promise<Counts> {
  const { name, timeout } = tests;
  await buildExtension();
  await rm(join(out, name), { recursive: true, force: true });
  const extensionTestsPath = await bundleHostTests(name);
  await using folder = await scratch();
  const folders = tests.twoFolders
    ? ["site", "second"].map((each) => join(folder.path, each))
    : [join(folder.path, "site")];
  for (const each of folders) await copySampleSite(each);
  const workspace = join(folder.path, "both.code-workspace");
  await writeFile(workspace, JSON.stringify({ folders: folders.map((path) => ({ path })) }));
  const extensionsDir = join(folder.path, "extensions");
  if (tests.beside) await cp(tests.beside, extensionsDir, { recursive: true });
  const simulator = await startSimulator();
  // All that the window says, the workbench's own complaints about missing services included.
  const consoleFile = join(out, `${name}${tests.twoFolders ? "-two-folders" : ""}-console.log`);
  const everything = createWriteStream(consoleFile);
  try {
    const context: HostContext = {
      folders,
      simulator: simulator.ready,
      mark,
      ...grep(args),
    };
    const counts = await counted(name, async (env) => {
      const host = await startHost({
        userDataDir: join(folder.path, "user"),
        extensionsDir,
        ...(tests.twoFolders ? { workspace } : { folder: folders[0] ?? "" }),
        smokeDriver: true,
        machineSettings: simulatorSettings(simulator.ready),
        env: { ...env, EASEL_HOST_CONTEXT: JSON.stringify(context) },
      });
      try {
        return await runInHost({
          host,
          extensionDevelopmentPath: root,
          extensionTestsPath,
          log: (text) => {
            everything.write(`${text}\n`);
            if (text.startsWith(mark)) console.log(text.slice(mark.length));
          },
          timeout,
        });
      } finally {
        await host.close();
      }
    });
    if (counts.failed > 0) console.log(`The window's console is in ${consoleFile}`);
    return counts;
  } finally {
    everything.end();
    await simulator.close();
  }
}

/** The host suite: once with one folder open, and once with two for the tests that need them. */
export async function hostSuite(args: readonly string[]): Promise<Counts> {
  const one = await runHostTests({ name: "host", timeout: 5 * 60_000 }, args);
  const two = await runHostTests({ name: "host", twoFolders: true, timeout: 5 * 60_000 }, args);
  return {
    passed: one.passed + two.passed,
    failed: one.failed + two.failed,
    skipped: one.skipped + two.skipped,
  };
}
