import * as vscode from "vscode";
import { l10n } from "vscode";
import { commands } from "../contributions.ts";
import type { Jobs } from "../jobs/types.ts";
import type { Asset, Job } from "../model/job.ts";
import { estimateText } from "../text/cost.ts";
import { failureText } from "../text/errors.ts";
import { bytesText } from "../text/facts.ts";
import { assetStateText, costText, makerText, standingText } from "../text/jobList.ts";
import { ageText, vendorName } from "../text/jobs.ts";
import { operationText } from "../text/operations.ts";
import type { Vendor } from "../vendors/contract.ts";
import { jobActions } from "./jobActions.ts";
import { childrenOf, type JobNode } from "./jobNodes.ts";
import { isRunning } from "./statusBar.ts";
import { foreignWorkspace } from "./workspaces.ts";

/** What rows are made from. */
export interface ItemContext {
  jobs: Pick<Jobs, "get" | "progress">;
  now: number;
  /** The job's vendor; undefined if this version does not have it. */
  vendor: Vendor | undefined;
}

/** Columns a prompt takes in a row, so that a narrow view shows what follows it too. A Chinese character takes two. */
const labelColumns = 20;

const { Collapsed, Expanded, None } = vscode.TreeItemCollapsibleState;

/** A job in its row. */
export function jobItem(job: Job, { jobs, now, vendor }: ItemContext): vscode.TreeItem {
  const title = firstColumns(job.request.prompt) || operationText(job.request.operation).label;
  const children = childrenOf(jobs, job.id);
  const failed = job.failures.length > 0;
  const item = new vscode.TreeItem(title, children.length === 0 ? None : failed ? Expanded : Collapsed);
  const model = vendor?.models.find(({ id }) => id === job.request.model);
  const profile = model?.operations[job.request.operation];
  const { options, inputs } = job.request;
  const region = vendor?.region?.(job.baseUrl) ?? "other";
  const estimate = profile?.estimate({ options, inputCount: inputs.length, region });
  const standing = standingText(job, jobs.progress(job.id));
  const folder = foreignWorkspace(job);
  const facts = [
    standing,
    folder === undefined ? "" : l10n.t("from {0}", folder),
    ageText(now - job.created),
    costText(job, estimate),
    makerText(job, model),
  ].filter(Boolean);
  // A row that is known keeps its folding: only a new one opens to show what went wrong.
  item.id = failed ? `${job.id}/failed` : job.id;
  item.description = facts.join(" · ");
  item.tooltip = [
    job.request.prompt,
    [operationText(job.request.operation).label, ...facts].join("\n"),
    folder === undefined ? "" : l10n.t("Its result is offered where {0} is open.", folder),
    !job.usage && estimate && estimate.kind !== "unknown"
      ? l10n.t("Estimated before it was sent: {0}", estimateText(estimate))
      : "",
  ]
    .filter(Boolean)
    .join("\n\n");
  item.iconPath = jobIcon(job);
  item.contextValue = ["job", ...jobActions(job)].join(" ");
  return clickable(labelled(item), { kind: "job", jobId: job.id });
}

function jobIcon(job: Job): vscode.ThemeIcon {
  const colored = (icon: string, color: string) =>
    new vscode.ThemeIcon(icon, new vscode.ThemeColor(`list.${color}Foreground`));
  if (isRunning(job)) return new vscode.ThemeIcon("loading~spin");
  if (job.state === "unknown") return colored("question", "warning");
  if (job.assets.some(({ state }) => state === "waiting")) return new vscode.ThemeIcon("inbox");
  if (job.state === "failed") return colored("error", "error");
  return new vscode.ThemeIcon(job.state === "cancelled" ? "circle-slash" : "check");
}

/** A result in its row: what it is and what was decided. */
export function assetItem(job: Job, asset: Asset): vscode.TreeItem {
  const item = new vscode.TreeItem(asset.facts.name ?? l10n.t("Result {0}", asset.index + 1));
  const size = asset.width && asset.height ? `${asset.width} × ${asset.height}` : "";
  item.id = `${job.id}/${asset.id}`;
  item.description = [
    assetStateText(asset.state),
    size,
    asset.extension.toUpperCase(),
    bytesText(asset.bytes),
  ]
    .filter(Boolean)
    .join(" · ");
  const icons = {
    image: "file-media",
    video: "device-camera-video",
    audio: "unmute",
    text: "output",
  } as const;
  item.iconPath = new vscode.ThemeIcon(icons[asset.kind]);
  item.contextValue = "asset open";
  return clickable(labelled(item), { kind: "asset", jobId: job.id, assetId: asset.id });
}

/** A result that is known but not here yet. */
export function pendingItem(job: Job, index: number): vscode.TreeItem {
  const item = new vscode.TreeItem(l10n.t("Result {0}", index + 1));
  item.id = `${job.id}/pending/${index}`;
  item.description = l10n.t("being downloaded");
  item.iconPath = new vscode.ThemeIcon("cloud-download");
  return labelled(item);
}

/** A failure: what happened in the row, why and what to do in its tooltip. */
export function failureItem(job: Job, at: number): vscode.TreeItem | undefined {
  const failure = job.failures[at];
  if (!failure) return undefined;
  const { title, detail, next } = failureText(failure.error, { vendor: vendorName(job) });
  const item = new vscode.TreeItem(title);
  item.id = `${job.id}/failure/${failure.index ?? ""}`;
  if (failure.index !== undefined) item.description = l10n.t("Result {0}", failure.index + 1);
  item.tooltip = [title, detail, next].filter(Boolean).join("\n\n");
  item.iconPath = new vscode.ThemeIcon(job.state === "unknown" ? "question" : "warning");
  return clickable(labelled(item), { kind: "job", jobId: job.id });
}

/** A job that this version cannot read. */
export function unreadableItem({ id, why }: Extract<JobNode, { kind: "unreadable" }>): vscode.TreeItem {
  const item = new vscode.TreeItem(l10n.t("A request Easel cannot read"));
  item.id = `unreadable/${id}`;
  item.description =
    why === "newer" ? l10n.t("written by a newer Easel: update to see it") : l10n.t("its file is damaged");
  item.tooltip = `${item.description}\n\n${id}`;
  item.iconPath = new vscode.ThemeIcon("lock");
  return labelled(item);
}

function labelled(item: vscode.TreeItem): vscode.TreeItem {
  const label = [item.label, item.description].filter((part) => typeof part === "string" && part).join(", ");
  item.accessibilityInformation = { label };
  return item;
}

function clickable(item: vscode.TreeItem, node: JobNode): vscode.TreeItem {
  item.command = { command: commands.openJob, title: l10n.t("Open Result"), arguments: [node] };
  return item;
}

function firstColumns(text: string): string {
  let columns = 0;
  let shown = "";
  for (const character of text.trim().replaceAll(/\s+/g, " ")) {
    columns += /[\u1100-\u11ff\u2e80-\uffdc]/.test(character) ? 2 : 1;
    if (columns > labelColumns) return `${shown.trimEnd()}…`;
    shown += character;
  }
  return shown;
}
