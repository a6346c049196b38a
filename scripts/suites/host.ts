import { createWriteStream } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";
import type { HostContext } from "../../test/host/context.ts";
import { runInHost } from "../host/mocha.ts";
import { startHost } from "../host/server.ts";
import { out, root } from "../lib/paths.ts";
import { copySampleSite, scratch } from "../lib/scratch.ts";
import { simulatorSettings, startSimulator } from "../lib/simulator.ts";
import { buildExtension } from "../lib/vsix.ts";
import { type Counts, counted } from "./counts.ts";

const limit = 5 * 60_000;
const mark = "easel| ";
/** All that the window said, the workbench's own complaints about missing services included. */
const consoleFile = join(out, "host-console.log");

/** Bundles the host tests; resolves with the module that runs them. */
export async function bundleHostTests(): Promise<string> {
  await build({
    entryPoints: [join(root, "test/host/index.ts"), join(root, "test/host/**/*.test.ts")],
    outdir: join(out, "host"),
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
  return join(out, "host", "index.js");
}

/** The value after `--grep` among mocha's arguments. */
function grep(args: readonly string[]): { grep?: string } {
  const value = args[args.findIndex((arg) => arg === "--grep" || arg === "-g") + 1];
  return args.some((arg) => arg === "--grep" || arg === "-g") && value ? { grep: value } : {};
}

/** Runs the host suite inside a real extension host of the VS Code server. */
export async function hostSuite(args: readonly string[]): Promise<Counts> {
  await buildExtension();
  const extensionTestsPath = await bundleHostTests();
  await using folder = await scratch();
  const workspace = join(folder.path, "site");
  await copySampleSite(workspace);
  const simulator = await startSimulator();
  try {
    const context: HostContext = { folders: [workspace], simulator: simulator.ready, mark, ...grep(args) };
    const counts = await counted("host", async (env) => {
      const host = await startHost({
        userDataDir: join(folder.path, "user"),
        extensionsDir: join(folder.path, "extensions"),
        folder: workspace,
        smokeDriver: true,
        machineSettings: simulatorSettings(simulator.ready),
        env: { ...env, EASEL_HOST_CONTEXT: JSON.stringify(context) },
      });
      const everything = createWriteStream(consoleFile);
      try {
        return await runInHost({
          host,
          extensionDevelopmentPath: root,
          extensionTestsPath,
          log: (text) => {
            everything.write(`${text}\n`);
            if (text.startsWith(mark)) console.log(text.slice(mark.length));
          },
          timeout: limit,
        });
      } finally {
        everything.end();
        await host.close();
      }
    });
    if (counts.failed > 0) console.log(`The window's console is in ${consoleFile}`);
    return counts;
  } finally {
    await simulator.close();
  }
}
