import { mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";

/** Settings by their full id, such as `workbench.colorTheme`. */
export type Settings = Record<string, unknown>;

/** What keeps the workbench still: nothing opens, fetches or reports by itself. */
const quiet: Settings = {
  "telemetry.telemetryLevel": "off",
  "workbench.startupEditor": "none",
  "workbench.secondarySideBar.defaultVisibility": "hidden",
  "workbench.enableExperiments": false,
  "chat.commandCenter.enabled": false,
  "chat.disableAIFeatures": false,
  "extensions.autoUpdate": false,
  "extensions.autoCheckUpdates": false,
  "extensions.ignoreRecommendations": true,
  "update.mode": "none",
  "update.showReleaseNotes": false,
  "git.enabled": false,
  "files.autoSave": "off",
  "security.workspace.trust.startupPrompt": "always",
  "typescript.disableAutomaticTypeAcquisition": true,
  "json.schemaDownload.enable": false,
};

/** The settings of a file; none if there is no file. The editor may be half-way through writing it: then it is read again. */
async function read(file: string): Promise<Settings> {
  for (let attempt = 1; ; attempt += 1) {
    const text = await readFile(file, "utf8").catch(() => "{}");
    try {
      return JSON.parse(text);
    } catch (error) {
      if (attempt === 20) throw error;
      await delay(50);
    }
  }
}

async function merge(file: string, settings: Settings): Promise<void> {
  const kept = await read(file);
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, `${JSON.stringify({ ...kept, ...settings }, null, 2)}\n`);
}

/**
 * Writes settings into a user-data folder, keeping those already there. `user` are the user's own; `machine` are
 * those with scope `machine`, which a workbench on a server reads from the server's file only.
 */
export async function writeSettings(userDataDir: string, user: Settings, machine: Settings): Promise<void> {
  await merge(join(userDataDir, "User", "settings.json"), { ...quiet, ...user });
  await merge(join(userDataDir, "Machine", "settings.json"), machine);
}
