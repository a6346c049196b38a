import type { Asset, Job } from "../model/job.ts";
import type { OperationId } from "../model/operations.ts";
import type { PlacedEntry } from "../placement/placedList.ts";
import { type GalleryEntry, searchable } from "./galleryIndex.ts";

/** What turns what is known of assets into what the gallery shows and searches. */
export interface EntryContext {
  stagedUri(job: Job, asset: Asset): string;
  /** Folder of an address as people know it. */
  folderOf(uri: string): string;
  vendorName(id: string): string;
  operationName(id: OperationId): string;
  /** Name of an asset that has none yet. */
  assetName(job: Job, asset: Asset): string;
  batchOf(jobId: string): string | undefined;
}

/** Entries of a job's assets; of a closed job only those whose discard can be undone. */
export function jobEntries(job: Job, context: EntryContext): GalleryEntry[] {
  const { vendor, model, operation, prompt } = job.request;
  const isClosed = job.closed !== undefined;
  const batch = context.batchOf(job.id);
  return job.assets.flatMap((asset) => {
    if (isClosed && asset.state !== "discarded") return [];
    const { width, height, seconds, landed } = asset;
    const uri = landed?.uri ?? context.stagedUri(job, asset);
    const name = landed ? nameOf(landed.uri) : context.assetName(job, asset);
    const folder = landed ? context.folderOf(landed.uri) : "";
    const seed = asset.facts.seed;
    return [
      {
        id: `${job.id}/${asset.id}`,
        hash: asset.sha256,
        kind: asset.kind,
        name,
        uri,
        state: asset.state,
        at: landed?.at ?? job.created,
        type: asset.type,
        bytes: asset.bytes,
        ...(width === undefined ? {} : { width }),
        ...(height === undefined ? {} : { height }),
        ...(seconds === undefined ? {} : { seconds }),
        vendor,
        model,
        operation,
        ...(seed === undefined ? {} : { seed }),
        folder,
        words: wordsOf(context, { name, folder, vendor, model, operation, seed }, prompt),
        ...(isClosed ? {} : { jobId: job.id }),
        ...(batch === undefined ? {} : { batch }),
      },
    ];
  });
}

/** The entry of something placed whose job has closed. What costs time is worked out when it is asked for: there are thousands. */
export function placedGalleryEntry(entry: PlacedEntry, context: EntryContext): GalleryEntry {
  return new PlacedGalleryEntry(entry, context);
}

class PlacedGalleryEntry implements GalleryEntry {
  readonly #entry: PlacedEntry;
  readonly #context: EntryContext;
  readonly at: number;
  readonly state: PlacedEntry["state"];
  #words: string | undefined;

  constructor(entry: PlacedEntry, context: EntryContext) {
    this.#entry = entry;
    this.#context = context;
    this.at = entry.at;
    this.state = entry.state;
  }

  get id() {
    return this.#entry.id;
  }
  get hash() {
    return this.#entry.sha256;
  }
  get kind() {
    return this.#entry.kind;
  }
  get uri() {
    return this.#entry.uri;
  }
  get type() {
    return this.#entry.type;
  }
  get bytes() {
    return this.#entry.bytes;
  }
  get width() {
    return this.#entry.width;
  }
  get height() {
    return this.#entry.height;
  }
  get seconds() {
    return this.#entry.seconds;
  }
  get vendor() {
    return this.#entry.vendor;
  }
  get model() {
    return this.#entry.model;
  }
  get operation() {
    return this.#entry.operation;
  }
  get seed() {
    return this.#entry.seed;
  }
  get name() {
    return nameOf(this.#entry.uri);
  }
  get folder() {
    return this.#context.folderOf(this.#entry.uri);
  }
  get words() {
    this.#words ??= wordsOf(this.#context, this, "");
    return this.#words;
  }
}

type Named = Pick<GalleryEntry, "name" | "folder" | "vendor" | "model" | "operation" | "seed">;

function wordsOf(context: EntryContext, named: Named, prompt: string): string {
  const { name, folder, vendor, model, operation, seed } = named;
  const all = [
    name,
    folder,
    context.vendorName(vendor),
    model,
    context.operationName(operation),
    seed,
    prompt,
  ];
  return searchable(all.join("\n"));
}

/** Last part of an address; with percent signs as they are where they encode nothing. */
function nameOf(uri: string): string {
  return decoded(uri.slice(uri.lastIndexOf("/") + 1));
}

/** A part of an address as people read it. */
export function decoded(part: string): string {
  if (!part.includes("%")) return part;
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
