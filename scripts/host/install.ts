import { mkdir, mkdtemp, rename, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { aptInstall } from "../lib/apt.ts";
import { withLock } from "../lib/lock.ts";
import { Failure, progress } from "../lib/log.ts";
import { cacheDir } from "../lib/paths.ts";
import { npm, which } from "../lib/process.ts";

const version = "4.139.1";

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}

/** The compiler for the one native module that the server cannot start without. */
async function ensureCompiler(): Promise<void> {
  const missing: string[] = [];
  for (const tool of ["make", "g++", "python3"]) if (!(await which(tool))) missing.push(tool);
  if (missing.length === 0 || process.platform === "win32") return;
  if (await aptInstall(missing)) return;
  throw new Failure(
    `The VS Code host needs ${missing.join(", ")} to compile one module: install and try again.`,
  );
}

/** The npm package with this very Node: its headers serve where they cannot be downloaded otherwise. */
function headersPackage(): string {
  const prefix = process.platform === "darwin" && process.arch === "arm64" ? "node-bin" : "node";
  const platform = process.platform === "win32" ? "win" : process.platform;
  return `${prefix}-${platform}-${process.arch}`;
}

async function build(folder: string): Promise<void> {
  const headers = headersPackage();
  const server = join(folder, "node_modules", "code-server", "lib", "vscode");
  await writeFile(join(folder, "package.json"), '{ "private": true }\n');
  progress("Installing the VS Code host, once for this machine: about a minute and 600 MB");
  progress(`  1/4 code-server ${version}…`);
  await npm("Installing code-server", ["install", "--ignore-scripts", `code-server@${version}`], folder);
  progress("  2/4 the modules of its VS Code…");
  await npm("Installing VS Code's modules", ["install", "--omit=dev", "--ignore-scripts"], server);
  progress("  3/4 Node's headers…");
  const node = join(folder, "node");
  await mkdir(node);
  await writeFile(join(node, "package.json"), '{ "private": true }\n');
  await npm(
    "Fetching Node's headers",
    ["install", "--ignore-scripts", `${headers}@${process.versions.node}`],
    node,
  );
  progress("  4/4 compiling its log module…");
  await npm("Compiling @vscode/spdlog", ["rebuild", "@vscode/spdlog"], server, {
    npm_config_nodedir: join(node, "node_modules", headers),
  });
  await rm(node, { recursive: true });
}

/**
 * The folder of an installed code-server, from the cache or installed now. Two processes at once are safe: one
 * waits for the other, and the folder appears by a rename only when it is whole.
 */
export async function installHost(): Promise<string> {
  const cache = await cacheDir();
  const target = join(
    cache,
    `code-server-${version}-node${process.versions.modules}-${process.platform}-${process.arch}`,
  );
  const entry = join(target, "node_modules", "code-server");
  if (await exists(target)) return entry;
  await withLock(`${target}.lock`, async () => {
    if (await exists(target)) return;
    await ensureCompiler();
    const staging = await mkdtemp(join(cache, "installing-"));
    try {
      await build(staging);
      await rename(staging, target).catch(async (error: unknown) => {
        if (!(await exists(target))) throw error;
      });
    } finally {
      await rm(staging, { recursive: true, force: true });
    }
  });
  return entry;
}
