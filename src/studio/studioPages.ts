import * as vscode from "vscode";
import { settings, walkthrough } from "../contributions.ts";
import type { SettingId } from "./studioProtocol.ts";

/** Opens the editor's own settings page at a setting of Easel's. */
export async function openSetting(setting: SettingId): Promise<void> {
  const queries: Record<SettingId, string> = {
    outputFolder: settings.outputFolder,
    recipes: settings.recipes,
    all: "easel",
  };
  await vscode.commands.executeCommand("workbench.action.openSettings", queries[setting]);
}

/** Shows PRIVACY.md in the editor's language. */
export async function showPrivacy(extensionUri: vscode.Uri): Promise<void> {
  const isChinese = vscode.env.language.toLowerCase().startsWith("zh");
  const file = isChinese ? "PRIVACY.zh-CN.md" : "PRIVACY.md";
  await vscode.commands.executeCommand("markdown.showPreview", vscode.Uri.joinPath(extensionUri, file));
}

/** Opens Easel's walkthrough. */
export async function openWalkthrough(extensionId: string): Promise<void> {
  await vscode.commands.executeCommand("workbench.action.openWalkthrough", `${extensionId}#${walkthrough}`);
}
