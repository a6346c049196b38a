import { join } from "node:path";
import { runTests } from "@vscode/test-electron";
import type { HostContext } from "../test/host/context.ts";
import { writeSettings } from "./host/settings.ts";
import { Failure, main } from "./lib/log.ts";
import { root } from "./lib/paths.ts";
import { copySampleSite, scratch } from "./lib/scratch.ts";
import { simulatorSettings, startSimulator } from "./lib/simulator.ts";
import { buildExtension } from "./lib/vsix.ts";
import { bundleHostTests } from "./suites/host.ts";

/** Runs the host suite in a desktop VS Code: the one named by `EASEL_VSCODE`, else one downloaded once. */
await main(async () => {
  await buildExtension();
  const extensionTestsPath = await bundleHostTests("host");
  await using folder = await scratch();
  const workspace = join(folder.path, "site");
  const userDataDir = join(folder.path, "user");
  await copySampleSite(workspace);
  const simulator = await startSimulator();
  try {
    // A desktop reads machine settings from the user's file too.
    await writeSettings(userDataDir, simulatorSettings(simulator.ready), {});
    const context: HostContext = { folders: [workspace], simulator: simulator.ready };
    const executable = process.env.EASEL_VSCODE;
    await runTests({
      ...(executable ? { vscodeExecutablePath: executable } : {}),
      extensionDevelopmentPath: root,
      extensionTestsPath,
      extensionTestsEnv: { EASEL_HOST_CONTEXT: JSON.stringify(context) },
      launchArgs: [
        workspace,
        ...["--user-data-dir", userDataDir, "--extensions-dir", join(folder.path, "extensions")],
        ...["--disable-workspace-trust", "--skip-welcome", "--disable-telemetry"],
      ],
    });
  } catch (error) {
    throw new Failure(
      `The desktop suite did not pass: ${error instanceof Error ? error.message : error}\n` +
        "It needs a desktop VS Code (downloaded, or named in EASEL_VSCODE) and a display (on a server: xvfb-run).",
    );
  } finally {
    await simulator.close();
  }
});
