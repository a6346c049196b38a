import * as vscode from "vscode";
import type { Jobs } from "../jobs/types.ts";
import type { Model } from "../model/catalog.ts";
import type { Job } from "../model/job.ts";
import type { OptionValues } from "../model/options.ts";
import type { Placer } from "../placement/placer.ts";
import { estimateText } from "../text/cost.ts";
import type { InputFile, Vendor } from "../vendors/contract.ts";
import type { ActionResult, Draft, Preview, ReviewAction, ReviewView } from "./protocol.ts";
import { actOn } from "./reviewActions.ts";
import type { ReviewDelegate } from "./reviewDelegate.ts";
import { prospectOf } from "./reviewModel.ts";
import { reviewView } from "./reviewView.ts";

/** What the review sheets are served from. */
export interface ReviewServiceOptions {
  jobs: Jobs;
  placer: Placer;
  loadVendor(job: Job): Promise<Vendor>;
  follow(jobId: string): void;
  cancel(jobId: string): Promise<void>;
  /** Has a picture described in the language of the words around. Undefined if nothing came of it. */
  describe(picture: InputFile, around: string): Promise<string | undefined>;
  /** Opens the vendor's answer as JSON. */
  showAnswer(job: Job): Promise<void>;
  onFault(error: unknown): void;
}

/** Serves the review sheets from jobs and placement. */
export class ReviewService implements ReviewDelegate, vscode.Disposable {
  readonly #options: ReviewServiceOptions;
  readonly #vendors = new Map<string, Vendor>();
  readonly #changed = new vscode.EventEmitter<string>();
  readonly #subscriptions: { dispose(): unknown }[];

  constructor(options: ReviewServiceOptions) {
    this.#options = options;
    this.#subscriptions = [
      this.#changed,
      options.jobs.onDidChange((id) => this.#changed.fire(id)),
      // The line shown is the line inserted: whatever moves the place or takes a name is shown again.
      vscode.workspace.onDidChangeTextDocument(({ document }) => this.#documentChanged(document)),
      vscode.workspace.onDidRenameFiles(() => this.#allChanged()),
      vscode.workspace.onDidCreateFiles(() => this.#allChanged()),
      vscode.workspace.onDidDeleteFiles(() => this.#allChanged()),
      vscode.workspace.onDidChangeWorkspaceFolders(() => this.#allChanged()),
      vscode.workspace.onDidChangeConfiguration(() => this.#allChanged()),
    ];
  }

  view(jobId: string): ReviewView | undefined {
    const { jobs } = this.#options;
    const job = jobs.get(jobId);
    if (!job) return undefined;
    return reviewView(job, {
      jobs,
      model: this.model(job),
      progress: jobs.progress(jobId),
      againEstimate: this.#estimate(job),
      estimateWith: (options) => this.#estimate(job, options),
    });
  }

  onDidChange(listener: (jobId: string) => void): vscode.Disposable {
    return this.#changed.event(listener);
  }

  async preview(jobId: string, draft: Draft): Promise<Preview> {
    const job = this.#options.jobs.get(jobId);
    const prospect = job && (await prospectOf(this.#options.placer, job, draft));
    return prospect?.preview ?? noPreview(draft);
  }

  act(jobId: string, action: ReviewAction, follow = this.#options.follow): Promise<ActionResult> {
    return actOn({ ...this.#options, follow, model: (job) => this.model(job) }, jobId, action);
  }

  noteDraft(jobId: string, { assetId, alt, fileName }: Draft): void {
    const { jobs, onFault } = this.#options;
    jobs.note(jobId, assetId, { alt, fileName }).catch(onFault);
  }

  /** The job's model, once its vendor is loaded; until then undefined, and the view changes when it is. */
  model(job: Job): Model | undefined {
    return this.#vendor(job)?.models.find(({ id }) => id === job.request.model);
  }

  dispose(): void {
    for (const each of this.#subscriptions) each.dispose();
  }

  #vendor(job: Job): Vendor | undefined {
    const { vendor } = job.request;
    const known = this.#vendors.get(vendor);
    if (known) return known;
    const { loadVendor, onFault } = this.#options;
    loadVendor(job).then((loaded) => {
      if (this.#vendors.has(vendor)) return;
      this.#vendors.set(vendor, loaded);
      this.#allChanged();
    }, onFault);
    return undefined;
  }

  #estimate(job: Job, changed: OptionValues = {}): string | undefined {
    const profile = this.model(job)?.operations[job.request.operation];
    if (!profile) return undefined;
    const region = this.#vendor(job)?.region?.(job.baseUrl) ?? "other";
    const { inputs } = job.request;
    const options = { ...job.request.options, ...changed };
    return estimateText(profile.estimate({ options, inputCount: inputs.length, region }));
  }

  #documentChanged(document: vscode.TextDocument): void {
    const uri = document.uri.toString();
    for (const job of this.#options.jobs.list()) {
      if (job.anchor?.uri === uri) this.#changed.fire(job.id);
    }
  }

  #allChanged(): void {
    for (const job of this.#options.jobs.list()) this.#changed.fire(job.id);
  }
}

function noPreview(draft: Draft): Preview {
  return {
    revision: "",
    folder: "",
    fileName: draft.fileName,
    problems: [],
    canInsert: false,
    canSave: false,
  };
}
