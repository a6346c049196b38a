import * as vscode from "vscode";
import { l10n } from "vscode";
import type { Jobs } from "../jobs/types.ts";
import { jobFactsText } from "../text/jobFacts.ts";
import type { Vendor } from "../vendors/contract.ts";
import { taskIdOf } from "./jobActions.ts";

const scheme = "easel-job";

/** What {@link JobFacts} works with. */
export interface JobFactsOptions {
  jobs: Jobs;
  loadVendor(id: string): Promise<Vendor>;
}

/** Read-only documents that say what a vendor knows a job by; they follow the job while they are open. */
export class JobFacts implements vscode.TextDocumentContentProvider, vscode.Disposable {
  readonly #options: JobFactsOptions;
  readonly #changed = new vscode.EventEmitter<vscode.Uri>();
  readonly #subscriptions: { dispose(): unknown }[];
  readonly onDidChange = this.#changed.event;

  constructor(options: JobFactsOptions) {
    this.#options = options;
    this.#subscriptions = [
      this.#changed,
      vscode.workspace.registerTextDocumentContentProvider(scheme, this),
      options.jobs.onDidChange((id) => this.#jobChanged(id)),
    ];
  }

  /** Shows what is known of a job. */
  async open(jobId: string): Promise<void> {
    const path = `/${jobId}/${l10n.t("Easel Job")}.txt`;
    const document = await vscode.workspace.openTextDocument(vscode.Uri.from({ scheme, path }));
    await vscode.window.showTextDocument(document, { preview: true });
  }

  async provideTextDocumentContent(uri: vscode.Uri): Promise<string> {
    const job = this.#options.jobs.get(jobIdOf(uri));
    if (!job) return l10n.t("This request is no longer there.");
    const vendor = await this.#options.loadVendor(job.request.vendor).catch(() => undefined);
    const { id, from } = taskIdOf(job, vendor);
    const model = vendor?.models.find((entry) => entry.id === job.request.model);
    return jobFactsText(job, model, from === "vendor" ? id : undefined);
  }

  dispose(): void {
    for (const each of this.#subscriptions) each.dispose();
  }

  #jobChanged(id: string): void {
    for (const { uri } of vscode.workspace.textDocuments) {
      if (uri.scheme === scheme && jobIdOf(uri) === id) this.#changed.fire(uri);
    }
  }
}

function jobIdOf({ path }: vscode.Uri): string {
  return path.split("/")[1] ?? "";
}
