import { join } from "node:path";
import { findChromium } from "../host/chromium.ts";
import { installExtension } from "../host/server.ts";
import { progress } from "../lib/log.ts";
import { scratch } from "../lib/scratch.ts";
import { packageExtension } from "../lib/vsix.ts";
import type { Counts } from "./counts.ts";
import { nodeSuite } from "./node.ts";

/** Packages the extension, installs it once, and hands on what tests and pictures find it by. */
export async function withInstalledExtension<T>(
  body: (env: { EASEL_E2E_EXTENSIONS: string; EASEL_CHROMIUM: string }) => Promise<T>,
): Promise<T> {
  const vsix = await packageExtension();
  const chromium = await findChromium();
  await using folder = await scratch();
  const extensionsDir = join(folder.path, "extensions");
  progress("Installing the package into the VS Code host…");
  await installExtension(vsix, { userDataDir: join(folder.path, "user"), extensionsDir });
  return await body({ EASEL_E2E_EXTENSIONS: extensionsDir, EASEL_CHROMIUM: chromium });
}

/** Drives the real workbench, with the packaged extension installed, in a real browser. */
export function e2eSuite(args: readonly string[]): Promise<Counts> {
  return withInstalledExtension((env) =>
    nodeSuite("e2e", args, { env, timeoutMs: 180_000, mocha: ["--slow", "10000"] }),
  );
}
