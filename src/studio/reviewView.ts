import { closeSync, openSync, readSync } from "node:fs";
import * as vscode from "vscode";
import { l10n } from "vscode";
import type { JobProgress, Jobs } from "../jobs/types.ts";
import type { Model } from "../model/catalog.ts";
import type { Asset, Job } from "../model/job.ts";
import type { OptionValues } from "../model/options.ts";
import { slug } from "../placement/naming.ts";
import { failureText } from "../text/errors.ts";
import { factsOf } from "../text/facts.ts";
import { progressText, vendorName } from "../text/jobs.ts";
import { operationText } from "../text/operations.ts";
import { linkUntilText, playabilityText } from "../text/review.ts";
import { warningText } from "../text/warnings.ts";
import { failureSteps, stepLabel } from "../ui/failureSteps.ts";
import { isRunning } from "../ui/statusBar.ts";
import type { FailureRecord } from "../vendors/errors.ts";
import { playability } from "./playability.ts";
import type { AssetView, FailureView, ReviewView } from "./protocol.ts";

/** Longest alt text proposed from a prompt; the user may write more. Characters. */
const maxProposedAlt = 150;
/** Longest file name proposed from a prompt, in bytes of UTF-8. */
const maxProposedName = 60;

/** Most of a text that is shown, in bytes. */
const maxShownText = 512 * 1024;

/** What a view is made from besides the job. */
export interface ViewContext {
  jobs: Pick<Jobs, "stagedPath" | "stagingFolder">;
  model: Model | undefined;
  progress: JobProgress | undefined;
  againEstimate: string | undefined;
  /** What the same request with some options changed would cost, in words; undefined while that is not known. */
  estimateWith(options: OptionValues): string | undefined;
}

/** A job as the review sheet shows it. */
export function reviewView(job: Job, context: ViewContext): ReviewView {
  const running = isRunning(job);
  const layered = isLayered(job);
  const modelName = job.modelOverride
    ? `${context.model?.name ?? job.request.model} (${job.modelOverride})`
    : (context.model?.name ?? job.request.model);
  return {
    jobId: job.id,
    // The editor writes the titles of its tabs down: no word of the prompt.
    title: l10n.t("Easel: {0}", operationText(job.request.operation).label),
    prompt: job.request.prompt,
    vendor: vendorName(job),
    model: modelName,
    operation: operationText(job.request.operation).label,
    state: job.state,
    ...(running ? { progress: progressView(job, context.progress) } : {}),
    ...expectedOf(job),
    canCancel: running,
    layered,
    assets: job.assets.map((asset) => assetView(job, asset, context, modelName)),
    failures: job.failures.map(({ index, error }) => failureView(job, index, error as FailureRecord)),
    warnings: job.warnings.map((warning) => warningText(warning)),
    vendorTexts: job.texts,
    canAgain: !running && (job.request.prompt !== "" || job.request.inputs.length > 0),
    ...(context.againEstimate ? { againEstimate: context.againEstimate } : {}),
    ...(job.answer === undefined ? {} : { hasAnswer: true }),
    folder: vscode.Uri.file(context.jobs.stagingFolder(job.id)).toString(),
  };
}

/** True if the assets are layers of one picture, to be placed together. */
export function isLayered(job: Job): boolean {
  return job.request.operation === "layers" && job.assets.some((asset) => asset.facts.zIndex !== undefined);
}

function progressView(job: Job, progress: JobProgress | undefined) {
  const text = progressText(job, progress);
  return progress?.fraction === undefined ? { text } : { text, fraction: progress.fraction };
}

function expectedOf(job: Job): { expected?: number } {
  const { count } = job.request.options;
  return typeof count === "number" && isRunning(job) ? { expected: count } : {};
}

function assetView(job: Job, asset: Asset, context: ViewContext, modelName: string): AssetView {
  const { jobs } = context;
  const { zIndex, box, name } = asset.facts;
  const plays = playability(asset, vscode.env.uiKind === vscode.UIKind.Web ? "browser" : "desktop");
  const note = playabilityText(plays);
  return {
    id: asset.id,
    label: name ?? l10n.t("Result {0}", asset.index + 1),
    src: vscode.Uri.file(jobs.stagedPath(job, asset)).toString(),
    kind: asset.kind,
    ...(asset.kind === "text" ? { text: beginningOf(jobs.stagedPath(job, asset)) } : {}),
    type: asset.type,
    bytes: asset.bytes,
    ...(asset.width === undefined ? {} : { width: asset.width }),
    ...(asset.height === undefined ? {} : { height: asset.height }),
    ...(asset.seconds === undefined ? {} : { seconds: asset.seconds }),
    state: asset.state,
    facts: factsOf(job, asset, modelName),
    alt: asset.alt ?? proposedAlt(job),
    fileName: asset.fileName ?? proposedName(job),
    extension: `.${asset.extension}`,
    playable: plays !== "aac" && plays !== "deep",
    ...(note === undefined ? {} : { playNote: note }),
    steps: stepsOf(asset, context),
    ...linkOf(asset),
    ...(zIndex === undefined ? {} : { layer: { name: name ?? "", zIndex, ...(box ? { box } : {}) } }),
  };
}

/** A text as it is shown: all of a transcript, the beginning of anything longer. Empty once the file has gone elsewhere. */
function beginningOf(path: string): string {
  try {
    const file = openSync(path, "r");
    try {
      const bytes = Buffer.alloc(maxShownText);
      return new TextDecoder().decode(bytes.subarray(0, readSync(file, bytes, 0, maxShownText, 0)));
    } finally {
      closeSync(file);
    }
  } catch {
    return "";
  }
}

/** What can be made of an asset next: the full clip from a draft, or a clip that goes on from a last frame. */
function stepsOf({ facts, state }: Asset, { estimateWith }: ViewContext): NonNullable<AssetView["steps"]> {
  if (facts.followUp && facts.followUp.until > Date.now()) {
    const cost = estimateWith(facts.followUp.options);
    return [{ id: "final", label: l10n.t("Make the Final Clip"), ...(cost ? { cost } : {}) }];
  }
  return facts.part === "lastFrame" && state === "waiting"
    ? [{ id: "firstFrame", label: l10n.t("Use as First Frame…") }]
    : [];
}

/** Until when the link that the asset came by lives; nothing once it is dead. */
function linkOf({ facts: { link, linkExpires } }: Asset): { link?: string } {
  if (link === undefined || linkExpires === undefined || linkExpires <= Date.now()) return {};
  return { link: linkUntilText(linkExpires) };
}

/** The prompt is what the picture was meant to show: a start for the alt text that the user sees and corrects. */
function proposedAlt(job: Job): string {
  return firstWords(job.request.prompt.replaceAll(/<(point|bbox)>.*?<\/\1>/g, ""), maxProposedAlt);
}

/** A name for a result's file, from what was asked. */
export function proposedName(job: Job): string {
  const fallback = job.request.inputs[0]?.name.replace(/\.[^.]*$/, "") ?? job.request.operation;
  return slug(proposedAlt(job), { maxBytes: maxProposedName, fallback });
}

function firstWords(text: string, max: number): string {
  const line = text.trim().replaceAll(/\s+/g, " ");
  if (line.length <= max) return line;
  const cut = line.slice(0, max);
  const space = cut.lastIndexOf(" ");
  return `${space > max / 2 ? cut.slice(0, space) : cut}…`;
}

function failureView(job: Job, index: number | undefined, failure: FailureRecord): FailureView {
  const { title, detail, next, facts } = failureText(failure, { vendor: vendorName(job) });
  const steps = index === undefined ? failureSteps(job, failure) : [];
  return {
    ...(index === undefined ? {} : { index }),
    title,
    detail,
    next,
    facts: facts.map((fact) => ({ ...fact, copy: true })),
    steps: steps.map((id) => ({ id, label: stepLabel(id) })),
  };
}
