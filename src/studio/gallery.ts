import * as vscode from "vscode";
import { l10n } from "vscode";
import type { Thumbnails } from "../assets/thumbnails.ts";
import type { Jobs } from "../jobs/types.ts";
import type { Job } from "../model/job.ts";
import type { MediaKind } from "../model/operations.ts";
import { isInWorkspace } from "../placement/folder.ts";
import type { PlacedEntry, PlacedList } from "../placement/placedList.ts";
import { assetStateText } from "../text/jobList.ts";
import { ageText } from "../text/jobs.ts";
import { operationText } from "../text/operations.ts";
import { makesText } from "../text/setup.ts";
import { belongsHere } from "../ui/workspaces.ts";
import { vendorEntry } from "../vendors/catalog.ts";
import { decoded, type EntryContext, jobEntries, placedGalleryEntry } from "./galleryEntries.ts";
import { type GalleryEntry, GalleryIndex } from "./galleryIndex.ts";
import { proposedName } from "./reviewView.ts";
import type {
  FacetId,
  FacetView,
  GalleryPage,
  GalleryQuery,
  GallerySummary,
  ItemView,
} from "./studioViews.ts";

export interface GalleryOptions {
  jobs: Jobs;
  placed: PlacedList;
  thumbnails: Thumbnails;
  batchOf(jobId: string): string | undefined;
  modelName(vendor: string, model: string): string;
  now(): number;
  onFault(error: unknown): void;
}

/** A file that was looked for is believed to be where it was for so long (ms). */
const believedMs = 30_000;

/** Everything the Studio can find again: what waits, what was discarded, what was placed in this workspace. */
export class Gallery implements vscode.Disposable {
  readonly #options: GalleryOptions;
  readonly #index = new GalleryIndex();
  readonly #changed = new vscode.EventEmitter<void>();
  #placed = new WeakMap<PlacedEntry, GalleryEntry>();
  readonly #signatures = new Map<string, string>();
  readonly #looked = new Map<string, { at: number; missing: boolean }>();
  readonly #subscriptions: { dispose(): unknown }[];
  #revision = 1;
  #fresh: Promise<void> | undefined;
  readonly onDidChange = this.#changed.event;

  constructor(options: GalleryOptions) {
    this.#options = options;
    this.#subscriptions = [
      this.#changed,
      options.jobs.onDidChange((id, job) => this.#jobChanged(id, job)),
      options.placed.onDidChange(() => this.changed()),
      vscode.workspace.onDidDeleteFiles(() => this.#lookAgain()),
      vscode.workspace.onDidCreateFiles(() => this.#lookAgain()),
      vscode.workspace.onDidChangeWorkspaceFolders(() => {
        this.#placed = new WeakMap();
        this.changed();
      }),
    ];
  }

  /** Pages must be asked for anew. */
  changed(): void {
    this.#fresh = undefined;
    this.#revision++;
    this.#changed.fire();
  }

  async get(id: string): Promise<GalleryEntry | undefined> {
    await this.#ready();
    return this.#index.get(id);
  }

  /** Some entry with this content, see {@link GalleryIndex}. */
  async withHash(hash: string): Promise<GalleryEntry | undefined> {
    await this.#ready();
    return this.#index.withHash(hash);
  }

  async summary(): Promise<GallerySummary> {
    await this.#ready();
    const facets = this.#index.facets();
    const named = (id: FacetId): FacetView[] =>
      facets[id].map(({ value, count }) => ({ value, count, label: facetText(id, value) }));
    const count = (state: string) => facets.state.find(({ value }) => value === state)?.count ?? 0;
    return {
      revision: this.#revision,
      total: this.#index.find({ sort: "newest" }).length,
      waiting: count("waiting"),
      facets: {
        kind: named("kind"),
        operation: named("operation"),
        vendor: named("vendor"),
        state: named("state"),
        folder: named("folder"),
      },
    };
  }

  async page(
    query: GalleryQuery,
    offset: number,
    limit: number,
    address: (uri: vscode.Uri) => string,
  ): Promise<GalleryPage> {
    await this.#ready();
    const found = this.#index.find(query);
    const entries = found.slice(offset, offset + limit);
    const items = await this.views(entries, address);
    void this.#lookFor(entries);
    return { revision: this.#revision, total: found.length, offset, items };
  }

  async ids(query: GalleryQuery, from: number, to: number): Promise<string[]> {
    await this.#ready();
    return this.#index
      .find(query)
      .slice(from, to)
      .map(({ id }) => id);
  }

  async indexOf(query: GalleryQuery, id: string): Promise<number> {
    await this.#ready();
    return this.#index.find(query).findIndex((entry) => entry.id === id);
  }

  /** Entries as one webview shows them. */
  async views(entries: readonly GalleryEntry[], address: (uri: vscode.Uri) => string): Promise<ItemView[]> {
    const thumbnails = await this.#options.thumbnails.paths(entries.map(({ hash }) => hash));
    return entries.map((entry) => this.#view(entry, thumbnails.get(entry.hash), address));
  }

  /** Vendor and model, without saying the vendor's name twice. */
  makerOf({ vendor, model }: Pick<GalleryEntry, "vendor" | "model">): string {
    const [name, made] = [vendorName(vendor), this.#options.modelName(vendor, model)];
    return made.startsWith(name) ? made : `${name} · ${made}`;
  }

  /** Looks whether files that have landed are still there, now. */
  async isThere({ uri, state }: GalleryEntry): Promise<boolean> {
    if (state !== "placed" && state !== "saved") return true;
    return vscode.workspace.fs.stat(vscode.Uri.parse(uri, true)).then(
      () => true,
      () => false,
    );
  }

  dispose(): void {
    for (const each of this.#subscriptions) each.dispose();
  }

  #view(entry: GalleryEntry, thumbnail: string | undefined, address: (uri: vscode.Uri) => string): ItemView {
    const { id, hash, kind, name, uri, at, width, height, seconds, batch } = entry;
    const isMissing = this.#looked.get(uri)?.missing === true;
    const parsed = vscode.Uri.parse(uri, true);
    const isShown =
      !isMissing && (entry.state === "waiting" || entry.state === "discarded" || isInWorkspace(parsed));
    const state = isMissing ? "missing" : entry.state;
    return {
      id,
      hash,
      kind,
      label: name,
      detail: [
        operationText(entry.operation).label,
        this.makerOf(entry),
        isMissing ? l10n.t("Missing") : assetStateText(entry.state),
        ageText(this.#options.now() - at),
      ].join(" · "),
      state,
      at,
      ...(width === undefined ? {} : { width }),
      ...(height === undefined ? {} : { height }),
      ...(seconds === undefined ? {} : { seconds }),
      ...(isShown ? { src: address(parsed) } : {}),
      ...(thumbnail === undefined ? {} : { thumb: address(vscode.Uri.file(thumbnail)) }),
      ...(batch === undefined ? {} : { batch }),
    };
  }

  #ready(): Promise<void> {
    this.#fresh ??= this.#build();
    return this.#fresh;
  }

  async #build(): Promise<void> {
    const { jobs, placed } = this.#options;
    const context = this.#context();
    const own = [...jobs.list(), ...jobs.closed()].filter(belongsHere);
    const open = own.flatMap((job) => jobEntries(job, context));
    const known = new Set(open.map(({ id }) => id));
    const landed = (await placed.all())
      .filter(({ id }) => !known.has(id))
      .map((entry) => {
        const made = this.#placed.get(entry) ?? placedGalleryEntry(entry, context);
        this.#placed.set(entry, made);
        return made;
      });
    this.#index.set([...landed, ...open]);
  }

  #context(): EntryContext {
    const { jobs, batchOf } = this.#options;
    const operations = new Map<string, string>();
    return {
      stagedUri: (job, asset) => vscode.Uri.file(jobs.stagedPath(job, asset)).toString(),
      folderOf: folderNames(),
      vendorName,
      operationName: (id) => {
        const name = operations.get(id) ?? operationText(id).label;
        operations.set(id, name);
        return name;
      },
      assetName: (job, asset) => {
        const known = asset.fileName ?? asset.facts.name;
        if (known !== undefined) return known;
        return job.assets.length > 1 ? `${proposedName(job)} ${asset.index + 1}` : proposedName(job);
      },
      batchOf,
    };
  }

  #jobChanged(id: string, job: Job | undefined): void {
    // Progress is told many times a second; only what the gallery shows counts.
    const signature = job
      ? JSON.stringify([
          job.closed !== undefined,
          job.assets.map(({ id: asset, state, landed, fileName }) => [asset, state, landed?.uri, fileName]),
        ])
      : "";
    if (signature === (this.#signatures.get(id) ?? "")) return;
    if (job) this.#signatures.set(id, signature);
    else this.#signatures.delete(id);
    this.changed();
  }

  #lookAgain(): void {
    this.#looked.clear();
    this.changed();
  }

  /** Files are looked for when they come into view; pages are asked for again where that changes something. */
  async #lookFor(entries: readonly GalleryEntry[]): Promise<void> {
    const now = this.#options.now();
    const landed = entries.filter(({ state, uri }) => {
      const last = this.#looked.get(uri);
      return (state === "placed" || state === "saved") && (!last || now - last.at > believedMs);
    });
    const changes = await Promise.all(
      landed.map(async (entry) => {
        const missing = !(await this.isThere(entry));
        const before = this.#looked.get(entry.uri)?.missing ?? false;
        this.#looked.set(entry.uri, { at: now, missing });
        return missing !== before;
      }),
    );
    if (!changes.includes(true)) return;
    this.#revision++;
    this.#changed.fire();
  }
}

function vendorName(id: string): string {
  return vendorEntry(id)?.name ?? id;
}

/** Names of folders by the part of an address before a file's name, each worked out once. */
function folderNames(): (uri: string) => string {
  const known = new Map<string, string>();
  const roots = (vscode.workspace.workspaceFolders ?? []).map(({ uri, name }) => ({
    at: uri.toString(),
    name,
  }));
  return (uri) => {
    const folder = uri.slice(0, Math.max(0, uri.lastIndexOf("/")));
    const name = known.get(folder) ?? folderName(folder, roots);
    known.set(folder, name);
    return name;
  };
}

function folderName(folder: string, roots: readonly { at: string; name: string }[]): string {
  const root = roots.find(({ at }) => folder === at || folder.startsWith(`${at}/`));
  if (!root) return decoded(folder.replace(/^file:\/\//, ""));
  const inside = decoded(folder.slice(root.at.length + 1));
  if (roots.length === 1) return inside || root.name;
  return inside ? `${root.name}/${inside}` : root.name;
}

function facetText(id: FacetId, value: string): string {
  switch (id) {
    case "kind":
      return makesText(value as MediaKind);
    case "operation":
      return operationText(value as GalleryEntry["operation"]).label;
    case "vendor":
      return vendorName(value);
    case "state":
      return assetStateText(value as GalleryEntry["state"]);
    case "folder":
      return value;
  }
}
