import * as vscode from "vscode";
import { views } from "../contributions.ts";

/** Shows what Easel is making and what waits for a decision. */
export async function showJobs(): Promise<void> {
  await vscode.commands.executeCommand(`${views.jobs}.focus`);
}
