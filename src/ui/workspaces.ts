import * as vscode from "vscode";
import type { Job } from "../model/job.ts";

/** A result is offered where its workspace is open; one asked for without a workspace, anywhere. */
export function belongsHere({ workspace }: Pick<Job, "workspace">): boolean {
  const folders = vscode.workspace.workspaceFolders ?? [];
  return workspace === undefined || folders.some(({ uri }) => uri.toString() === workspace);
}

/** Name of the folder a job was asked from, if that is not open here. */
export function foreignWorkspace(job: Pick<Job, "workspace">): string | undefined {
  if (job.workspace === undefined || belongsHere(job)) return undefined;
  const { path } = vscode.Uri.parse(job.workspace);
  return path.replace(/\/+$/, "").split("/").at(-1) || path;
}
