import * as vscode from "vscode";
import { l10n } from "vscode";
import type { Jobs } from "../jobs/types.ts";
import type { Job } from "../model/job.ts";
import type { Clock } from "../net/types.ts";
import type { Vendor } from "../vendors/contract.ts";
import { assetItem, failureItem, jobItem, pendingItem, unreadableItem } from "./jobItems.ts";
import { childrenOf, type JobNode } from "./jobNodes.ts";
import { countJobs } from "./statusBar.ts";
import { belongsHere } from "./workspaces.ts";

/** The view as activation registers it, before Easel is loaded: rows are asked of the app when it is first seen. */
export interface JobsView {
  view: vscode.TreeView<JobNode>;
  /** Makes the view ask again for a row, or for all of them. */
  changed: vscode.EventEmitter<JobNode | undefined>;
}

/** What {@link JobsTree} works with. */
export interface JobsTreeOptions extends JobsView {
  jobs: Jobs;
  clock: Pick<Clock, "now">;
  loadVendor(id: string): Promise<Vendor>;
}

/** Ages are told in minutes. */
const agesMs = 30_000;
/** Changes within this time are shown at once: a group that streams brings several. */
const settleMs = 100;

/** The rows of the jobs view. While nobody looks, it keeps no timer and tells the view nothing. */
export class JobsTree implements vscode.Disposable {
  readonly #options: JobsTreeOptions;
  readonly #subscriptions: { dispose(): void }[];
  /** The jobs the view has rows of; rows are known to it by identity. */
  #rows = new Map<string, JobNode>();
  readonly #dirty = new Set<string>();
  #settling: NodeJS.Timeout | undefined;
  #ages: NodeJS.Timeout | undefined;

  constructor(options: JobsTreeOptions) {
    this.#options = options;
    this.#subscriptions = [
      options.jobs.onDidChange((id) => this.#note(id)),
      options.view.onDidChangeVisibility(() => this.#look()),
      vscode.workspace.onDidChangeWorkspaceFolders(() => options.changed.fire(undefined)),
    ];
    this.#look();
  }

  getChildren(node: JobNode | undefined): JobNode[] {
    const { jobs } = this.#options;
    if (node) return node.kind === "job" ? childrenOf(jobs, node.jobId) : [];
    const listed = [...jobs.list()].reverse();
    this.#rows = new Map(
      listed.map(({ id }) => [id, this.#rows.get(id) ?? ({ kind: "job", jobId: id } as const)]),
    );
    const unreadable = jobs.unreadable().map((entry) => ({ kind: "unreadable", ...entry }) as const);
    return [...this.#rows.values(), ...unreadable];
  }

  async getTreeItem(node: JobNode): Promise<vscode.TreeItem> {
    if (node.kind === "unreadable") return unreadableItem(node);
    const { jobs, clock, loadVendor } = this.#options;
    const found = jobs.get(node.jobId);
    const vendor = found && (await loadVendor(found.request.vendor).catch(() => undefined));
    // A job can go while its vendor is loaded; the view asks anew right after.
    const job = jobs.get(node.jobId);
    return (job && itemOf(node, job, { jobs, now: clock.now(), vendor })) ?? new vscode.TreeItem("");
  }

  dispose(): void {
    for (const each of this.#subscriptions) each.dispose();
    clearTimeout(this.#settling);
    clearInterval(this.#ages);
  }

  #look(): void {
    const { view, changed } = this.#options;
    this.#count();
    clearInterval(this.#ages);
    if (!view.visible) return;
    changed.fire(undefined);
    this.#ages = setInterval(() => this.#refresh(this.#rows.keys()), agesMs);
  }

  #note(id: string): void {
    this.#dirty.add(id);
    this.#settling ??= setTimeout(() => this.#settle(), settleMs);
  }

  #settle(): void {
    const { jobs, view, changed } = this.#options;
    this.#settling = undefined;
    this.#count();
    const ids = [...this.#dirty];
    this.#dirty.clear();
    if (!view.visible) return;
    const isListed = (job: Job | undefined) => job !== undefined && job.closed === undefined;
    if (ids.some((id) => isListed(jobs.get(id)) !== this.#rows.has(id))) changed.fire(undefined);
    else this.#refresh(ids);
  }

  #refresh(ids: Iterable<string>): void {
    for (const id of ids) {
      const row = this.#rows.get(id);
      if (row) this.#options.changed.fire(row);
    }
  }

  /** What waits for a decision here, on the view's icon. */
  #count(): void {
    const { waiting, unknown } = countJobs(this.#options.jobs.list().filter(belongsHere));
    const value = waiting + unknown;
    const tooltip = l10n.t("{0} waiting for your decision", value);
    this.#options.view.badge = value > 0 ? { value, tooltip } : undefined;
  }
}

function itemOf(
  node: Exclude<JobNode, { kind: "unreadable" }>,
  job: Job,
  context: Parameters<typeof jobItem>[1],
): vscode.TreeItem | undefined {
  switch (node.kind) {
    case "job":
      return jobItem(job, context);
    case "asset": {
      const asset = job.assets.find(({ id }) => id === node.assetId);
      return asset && assetItem(job, asset);
    }
    case "pending":
      return pendingItem(job, node.index);
    case "failure":
      return failureItem(job, node.at);
  }
}
