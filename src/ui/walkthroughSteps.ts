import * as vscode from "vscode";
import { contextKeys } from "../contributions.ts";
import type { Jobs } from "../jobs/types.ts";

/** Ticks the steps of the walkthrough that only Easel can know of: a result has come, a result was placed. */
export function followWalkthrough(jobs: Pick<Jobs, "onDidChange">): { dispose(): void } {
  const ticked = new Set<string>();
  const tick = (key: string) => {
    if (ticked.has(key)) return;
    ticked.add(key);
    void vscode.commands.executeCommand("setContext", key, true);
  };
  return jobs.onDidChange((_id, job) => {
    const states = job?.assets.map(({ state }) => state) ?? [];
    if (states.includes("waiting")) tick(contextKeys.hasResult);
    if (states.includes("placed")) tick(contextKeys.hasPlaced);
  });
}
