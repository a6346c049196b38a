import { createReadStream } from "node:fs";
import { readFile } from "node:fs/promises";
import { homedir } from "node:os";
import * as vscode from "vscode";
import { l10n } from "vscode";
import { commands } from "../contributions.ts";
import { JobsError } from "../jobs/types.ts";
import type { Model } from "../model/catalog.ts";
import type { Asset, Job } from "../model/job.ts";
import type { Plan } from "../placement/plan.ts";
import { isProblem } from "../placement/problems.ts";
import { jobsErrorText } from "../text/jobActions.ts";
import { placementProblemText } from "../text/placement.ts";
import { linkCopiedText } from "../text/review.ts";
import { type FailureStep, takeStep } from "../ui/failureSteps.ts";
import { sendAgain } from "../ui/send.ts";
import type { ActionResult, Draft, ReviewAction } from "./protocol.ts";
import { type Chosen, chosenAssets, prospectOf } from "./reviewModel.ts";
import type { ReviewServiceOptions } from "./reviewService.ts";
import { isLayered } from "./reviewView.ts";

/** What actions work with. */
export interface ActOptions
  extends Pick<ReviewServiceOptions, "jobs" | "placer" | "follow" | "cancel" | "describe" | "showAnswer"> {
  model(job: Job): Model | undefined;
}

type Placing = Extract<ReviewAction, { revision: string }>;

/** Largest seed that every vendor takes. */
const maxSeed = 2 ** 31 - 1;

/** Does what the user chose in the review sheet. */
export async function actOn(options: ActOptions, jobId: string, action: ReviewAction): Promise<ActionResult> {
  const job = options.jobs.get(jobId);
  if (!job) return { outcome: "failed", message: goneText() };
  try {
    return await act(options, job, action);
  } catch (error) {
    if (!(error instanceof JobsError)) throw error;
    return { outcome: "failed", message: jobsErrorText(error.reason) };
  }
}

function act(options: ActOptions, job: Job, action: ReviewAction): Promise<ActionResult> {
  switch (action.kind) {
    case "insert":
    case "saveOnly":
    case "saveAs":
    case "copyMarkup":
      return place(options, job, action);
    case "chooseFolder":
      return chooseFolder(job, action.draft);
    case "discard":
      return decideAll(options, job, chosenAssets(job, action.assetId) ?? [], "discarded");
    case "undoDiscard":
      return decideAll(options, job, discardedWith(job, action.assetId), "waiting");
    case "openOutside":
      return openOutside(options, job, action.assetId);
    case "copyText":
      return copyText(options, job, action.assetId);
    case "copyLink":
      return copyLink(job, action.assetId);
    case "openAnswer":
      return options.showAnswer(job).then(() => ({ outcome: "done" }));
    case "describe":
      return describe(options, job, action.draft);
    case "assetStep":
      return assetStep(options, job, action.assetId, action.step);
    case "again":
      return again(options, job);
    case "cancel":
      return options.cancel(job.id).then(() => ({ outcome: "done" }));
    case "step":
      return step(options, job, action.step as FailureStep);
  }
}

async function place(options: ActOptions, job: Job, action: Placing): Promise<ActionResult> {
  const prospect = await prospectOf(options.placer, job, action.draft);
  if (!prospect) return { outcome: "failed", message: goneText() };
  if (prospect.preview.revision !== action.revision) {
    return { outcome: "stale", preview: prospect.preview, message: changedText() };
  }
  switch (action.kind) {
    case "copyMarkup":
      if (!prospect.insert?.preview.line) return { outcome: "failed", message: noPlaceText() };
      await vscode.env.clipboard.writeText(prospect.insert.preview.line);
      return {
        outcome: "done",
        message: l10n.t("Copied. The file itself lands with Insert or Save Only."),
      };
    case "saveAs":
      return saveAs(options, job, prospect.assets, action.draft);
    default: {
      const plan = action.kind === "insert" ? prospect.insert : prospect.save;
      if (!plan && action.kind === "saveOnly") return saveAs(options, job, prospect.assets, action.draft);
      if (!plan) return { outcome: "failed", message: noPlaceText() };
      return carryOut(options, job, prospect.assets, plan);
    }
  }
}

async function carryOut(options: ActOptions, job: Job, assets: Chosen, plan: Plan): Promise<ActionResult> {
  const result = await options.placer.apply(job, assets, plan);
  if (!result.applied) return { outcome: "failed", message: placementProblemText(result) };
  const left = options.jobs.get(job.id)?.assets.some(({ state }) => state === "waiting") ?? false;
  if (plan.text) await showPlaced(plan, left);
  const message = plan.text
    ? l10n.t("Inserted {0}.", plan.preview.fileName)
    : l10n.t("Saved {0} in {1}.", plan.preview.fileName, plan.preview.folder);
  return { outcome: "done", message, close: !left };
}

/** Shows the inserted text; the focus goes there once nothing is left to choose in the sheet. */
async function showPlaced(plan: Plan, left: boolean): Promise<void> {
  if (!plan.text) return;
  const document = await vscode.workspace.openTextDocument(plan.text.uri);
  const start = plan.text.range.start;
  const end = document.positionAt(document.offsetAt(start) + plan.text.newText.length);
  const visible = vscode.window.visibleTextEditors.find((editor) => editor.document === document);
  const editor = await vscode.window.showTextDocument(document, {
    preserveFocus: left,
    viewColumn: visible?.viewColumn ?? vscode.ViewColumn.One,
  });
  editor.selection = new vscode.Selection(end, end);
  editor.revealRange(new vscode.Range(start, end), vscode.TextEditorRevealType.InCenterIfOutsideViewport);
}

async function saveAs(options: ActOptions, job: Job, assets: Chosen, draft: Draft): Promise<ActionResult> {
  const { extension } = assets[0];
  const name = assets.length > 1 ? draft.fileName : `${draft.fileName}.${extension}`;
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri ?? vscode.Uri.file(homedir());
  const destination = await vscode.window.showSaveDialog({
    title: l10n.t("Save {0}", name),
    filters: { [extension.toUpperCase()]: [extension] },
    defaultUri: vscode.Uri.joinPath(folder, name),
  });
  if (!destination) return { outcome: "backedOut" };
  const wish = { fileName: draft.fileName, alt: draft.alt, destination };
  const plan = await options.placer.plan(job, assets, "save", wish);
  if (isProblem(plan)) return { outcome: "failed", message: placementProblemText(plan) };
  return carryOut(options, job, assets, plan);
}

async function chooseFolder(job: Job, draft: Draft): Promise<ActionResult> {
  const near = draft.folder ?? job.workspace ?? vscode.workspace.workspaceFolders?.[0]?.uri.toString();
  const [folder] =
    (await vscode.window.showOpenDialog({
      title: l10n.t("Choose a folder for the file"),
      openLabel: l10n.t("Use This Folder"),
      canSelectFiles: false,
      canSelectFolders: true,
      ...(near ? { defaultUri: vscode.Uri.parse(near, true) } : {}),
    })) ?? [];
  return folder ? { outcome: "done", folder: folder.toString() } : { outcome: "backedOut" };
}

async function decideAll(
  { jobs }: Pick<ActOptions, "jobs">,
  job: Job,
  assets: readonly Asset[],
  state: "discarded" | "waiting",
): Promise<ActionResult> {
  for (const { id } of assets) await jobs.decide(job.id, id, { state });
  return { outcome: "done" };
}

/** The asset itself, or all layers that were discarded with it. */
function discardedWith(job: Job, assetId: string): Asset[] {
  return job.assets.filter(({ id, state }) => state === "discarded" && (isLayered(job) || id === assetId));
}

async function openOutside(
  { jobs }: Pick<ActOptions, "jobs">,
  job: Job,
  assetId: string,
): Promise<ActionResult> {
  const asset = job.assets.find(({ id }) => id === assetId);
  if (!asset) return { outcome: "failed", message: goneText() };
  const uri = asset.landed
    ? vscode.Uri.parse(asset.landed.uri, true)
    : vscode.Uri.file(jobs.stagedPath(job, asset));
  const opened = await vscode.env.openExternal(uri);
  return opened ? { outcome: "done" } : { outcome: "failed", message: l10n.t("No program opened the file.") };
}

/** Copies all of a text, from its staged file. */
async function copyText(
  { jobs }: Pick<ActOptions, "jobs">,
  job: Job,
  assetId: string,
): Promise<ActionResult> {
  const asset = job.assets.find(({ id, state }) => id === assetId && state === "waiting");
  if (asset?.kind !== "text") return { outcome: "failed", message: goneText() };
  await vscode.env.clipboard.writeText(await readFile(jobs.stagedPath(job, asset), "utf8"));
  return { outcome: "done", message: l10n.t("The text is copied.") };
}

/** Copies the vendor's own link to a result, and says how long it lives. */
async function copyLink(job: Job, assetId: string): Promise<ActionResult> {
  const { link, linkExpires = 0 } = job.assets.find(({ id }) => id === assetId)?.facts ?? {};
  if (link === undefined) return { outcome: "failed", message: goneText() };
  if (linkExpires <= Date.now()) {
    return {
      outcome: "failed",
      message: l10n.t("The vendor’s link is no longer alive. The file itself is here."),
    };
  }
  await vscode.env.clipboard.writeText(link);
  return { outcome: "done", message: linkCopiedText(linkExpires) };
}

async function describe(options: ActOptions, job: Job, draft: Draft): Promise<ActionResult> {
  const [asset] = chosenAssets(job, draft.assetId) ?? [];
  if (asset?.kind !== "image") return { outcome: "failed", message: goneText() };
  const { type, bytes, extension } = asset;
  const path = options.jobs.stagedPath(job, asset);
  const name = `${draft.fileName}.${extension}`;
  const picture = { role: "source", name, type, bytes, open: () => createReadStream(path) } as const;
  const alt = await options.describe(picture, draft.alt);
  return alt === undefined ? { outcome: "backedOut" } : { outcome: "done", alt };
}

/** Goes on from an asset: the full clip from a draft, or a new request that starts from its picture. */
async function assetStep(
  options: ActOptions,
  job: Job,
  assetId: string,
  wanted: string,
): Promise<ActionResult> {
  const asset = job.assets.find(({ id }) => id === assetId);
  if (!asset) return { outcome: "failed", message: goneText() };
  if (wanted === "firstFrame") {
    const staged = vscode.Uri.file(options.jobs.stagedPath(job, asset));
    await vscode.commands.executeCommand(commands.imageToVideo, staged);
    return { outcome: "done" };
  }
  const { followUp } = asset.facts;
  if (wanted !== "final" || !followUp) return { outcome: "failed", message: goneText() };
  const next = await sendAgain(options.jobs, job, followUp.options);
  if (!next) return { outcome: "backedOut" };
  options.follow(next.id);
  return { outcome: "done", message: l10n.t("The final clip was asked for. It opens when it comes.") };
}

/** The same request as a new job, with a new seed where the model has one. */
async function again(options: ActOptions, job: Job): Promise<ActionResult> {
  const hasSeed = options.model(job)?.operations[job.request.operation]?.options.shape.seed !== undefined;
  const seed = Math.floor(Math.random() * maxSeed);
  const next = await sendAgain(options.jobs, job, hasSeed ? { seed } : {});
  if (!next) return { outcome: "backedOut" };
  options.follow(next.id);
  return { outcome: "done", message: l10n.t("Sent again. The new result opens when it comes.") };
}

async function step(options: ActOptions, job: Job, id: FailureStep): Promise<ActionResult> {
  const going = await takeStep(options.jobs, job, id);
  if (going) options.follow(going.id);
  return { outcome: "done", close: going !== undefined && going.id !== job.id };
}

function changedText(): string {
  return l10n.t("Something changed since this was shown. This is how it would land now; confirm once more.");
}

function noPlaceText(): string {
  return l10n.t("There is no place for it. Choose a folder, or save it.");
}

function goneText(): string {
  return jobsErrorText("gone");
}
