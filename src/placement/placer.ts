import * as vscode from "vscode";
import type { Jobs } from "../jobs/types.ts";
import type { Asset, Job } from "../model/job.ts";
import type { AnchorTracker } from "./anchor.ts";
import { type ApplyResult, applyPlan } from "./apply.ts";
import { isInWorkspace } from "./folder.ts";
import { type PlacedList, placedEntry } from "./placedList.ts";
import { type Plan, type PlanAsset, type PlanInput, plan } from "./plan.ts";
import type { PlacementProblem } from "./problems.ts";
import { recipeJson } from "./recipe.ts";
import type { PlacedRecords } from "./records.ts";
import { PlacementWatcher } from "./undo.ts";

/** What the user wants: name and alt text as typed, and the folder or file chosen, if any. */
export interface Wish {
  fileName: string;
  alt: string;
  folder?: vscode.Uri | undefined;
  destination?: vscode.Uri | undefined;
}

export interface PlacerOptions {
  jobs: Jobs;
  anchors: AnchorTracker;
  records: PlacedRecords;
  /** What the Studio lists of this workspace. */
  placed: PlacedList;
  /** Whether how an asset was made is written beside it. */
  writesRecipes(scope: vscode.Uri | undefined): boolean;
  onFault(error: unknown): void;
}

/**
 * Places the assets of jobs, and keeps the ledger in step with what is on disk: told before an edit where the file is about to go,
 * told after it that it landed, and told by the watcher when the user takes it back.
 */
export class Placer implements vscode.Disposable {
  readonly #options: PlacerOptions;
  readonly #watcher: PlacementWatcher;
  readonly #renames: vscode.Disposable;

  constructor(options: PlacerOptions) {
    this.#options = options;
    this.#renames = vscode.workspace.onDidRenameFiles(({ files }) => {
      const renames = files.map(({ oldUri, newUri }) => ({ from: oldUri.toString(), to: newUri.toString() }));
      options.placed.moved(renames).catch(options.onFault);
    });
    this.#watcher = new PlacementWatcher({
      undone: (key) => void this.#undone(key).catch(options.onFault),
      redone: (key) => void this.#redone(key).catch(options.onFault),
    });
  }

  /** Works out what placing these assets of a job would do. Layers of one picture are given together, base first. */
  plan(
    job: Job,
    assets: readonly [Asset, ...Asset[]],
    mode: PlanInput["mode"],
    wish: Wish,
  ): Promise<Plan | PlacementProblem> {
    const [first, ...rest] = assets;
    const { folder } = wish;
    const destination =
      folder && !isInWorkspace(folder)
        ? vscode.Uri.joinPath(folder, `${wish.fileName}.${first.extension}`)
        : wish.destination;
    const scope = job.workspace ? vscode.Uri.parse(job.workspace, true) : undefined;
    return plan(
      {
        assets: [this.#planAsset(job, first), ...rest.map((asset) => this.#planAsset(job, asset))],
        mode,
        fileName: wish.fileName,
        alt: wish.alt,
        ...(job.anchor ? { anchor: job.id } : {}),
        ...(scope ? { scope } : {}),
        ...(this.#options.writesRecipes(scope) ? { recipe: recipeJson(job, assets) } : {}),
        ...(first.poster === undefined ? {} : { poster: this.#poster(job, first.poster) }),
        ...(destination ? { destination } : { folder }),
      },
      this.#options.anchors,
    );
  }

  /** Carries out a plan made for these assets, and writes down where they landed. */
  async apply(job: Job, assets: readonly Asset[], wanted: Plan): Promise<ApplyResult> {
    const { jobs, records } = this.#options;
    const at = Date.now();
    for (const [index, asset] of assets.entries()) {
      const uri = wanted.targets[index]?.to.toString();
      if (uri) await jobs.note(job.id, asset.id, { placing: { uri, at } });
    }
    const result = await applyPlan(wanted);
    if (!result.applied) return result;
    const state = wanted.text ? "placed" : "saved";
    for (const [index, asset] of assets.entries()) {
      const landed = result.landed[index];
      if (!landed) continue;
      this.#watcher.watch(keyOf(job.id, asset.id), {
        staged: this.#stagedUri(job, asset),
        target: landed.uri,
        createdFolders: result.createdFolders,
      });
      const changed = await jobs.decide(job.id, asset.id, {
        state,
        landed: { uri: landed.uri.toString(), at },
      });
      await records.add(changed);
      await this.#list(changed, asset.id);
    }
    return result;
  }

  /** After a start: watches what was placed here, and takes back what was undone while nobody looked. */
  async restore(): Promise<void> {
    const { jobs, records, placed } = this.#options;
    for (const record of records.all()) {
      const revived = await jobs.revive(record);
      if (!revived) continue;
      await records.remove(record.id);
      for (const { id, state } of revived.assets) {
        if (state === "waiting") await placed.remove(listId(record.id, id));
      }
    }
  }

  /** Forgets what was placed in this workspace; the files stay. An undo in this session is still followed. */
  async forget(): Promise<void> {
    await this.#options.records.clear();
    await this.#options.placed.clear();
  }

  dispose(): void {
    this.#watcher.dispose();
    this.#renames.dispose();
  }

  #planAsset(job: Job, asset: Asset): PlanAsset {
    const { kind, extension, width, height, seconds, facts } = asset;
    const { name, description, zIndex, box } = facts;
    return {
      stagedUri: this.#stagedUri(job, asset),
      kind,
      extension,
      ...(width === undefined ? {} : { width }),
      ...(height === undefined ? {} : { height }),
      ...(seconds === undefined ? {} : { seconds }),
      ...(name === undefined ? {} : { name }),
      ...(description === undefined ? {} : { description }),
      ...(zIndex === undefined ? {} : { zIndex }),
      ...(box === undefined ? {} : { box }),
    };
  }

  #stagedUri(job: Job, asset: Asset): vscode.Uri {
    return vscode.Uri.file(this.#options.jobs.stagedPath(job, asset));
  }

  #poster(job: Job, name: string) {
    const folder = vscode.Uri.file(this.#options.jobs.stagingFolder(job.id));
    return {
      stagedUri: vscode.Uri.joinPath(folder, name),
      extension: name.slice(name.lastIndexOf(".") + 1),
    };
  }

  async #list(job: Job, assetId: string): Promise<void> {
    const asset = job.assets.find(({ id }) => id === assetId);
    const entry = asset && placedEntry(job, asset);
    if (entry) await this.#options.placed.add(entry);
  }

  async #undone(key: string): Promise<void> {
    const { jobs, records, placed } = this.#options;
    const { jobId, assetId } = partsOf(key);
    await placed.remove(listId(jobId, assetId));
    const record = records.all().find(({ id }) => id === jobId);
    if (!jobs.get(jobId) && record) await jobs.revive(record);
    else await jobs.decide(jobId, assetId, { state: "waiting" });
  }

  async #redone(key: string): Promise<void> {
    const { jobs, records } = this.#options;
    const { jobId, assetId } = partsOf(key);
    const asset = records
      .all()
      .find(({ id }) => id === jobId)
      ?.assets.find(({ id }) => id === assetId);
    if (!asset?.landed || (asset.state !== "placed" && asset.state !== "saved")) return;
    const { state, landed } = asset;
    await this.#list(await jobs.decide(jobId, assetId, { state, landed }), assetId);
  }
}

function listId(jobId: string, assetId: string): string {
  return `${jobId}/${assetId}`;
}

function keyOf(jobId: string, assetId: string): string {
  return `${jobId} ${assetId}`;
}

function partsOf(key: string): { jobId: string; assetId: string } {
  const [jobId = "", assetId = ""] = key.split(" ");
  return { jobId, assetId };
}
