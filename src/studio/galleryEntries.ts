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

/** The entry of something placed whose job has closed. */
export function placedGalleryEntry(entry: PlacedEntry, context: EntryContext): GalleryEntry {
  const { id, sha256, kind, uri, state, at, type, bytes, width, height, seconds } = entry;
  const { vendor, model, operation, seed } = entry;
  const name = nameOf(uri);
  const folder = context.folderOf(uri);
  return {
    id,
    hash: sha256,
    kind,
    name,
    uri,
    state,
    at,
    type,
    bytes,
    ...(width === undefined ? {} : { width }),
    ...(height === undefined ? {} : { height }),
    ...(seconds === undefined ? {} : { seconds }),
    vendor,
    model,
    operation,
    ...(seed === undefined ? {} : { seed }),
    folder,
    words: wordsOf(context, { name, folder, vendor, model, operation, seed }, ""),
  };
}

type Named = Pick<GalleryEntry, "name" | "folder" | "vendor" | "model" | "operation"> & {
  seed: number | undefined;
};

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
export function nameOf(uri: string): string {
  return decoded(uri.slice(uri.lastIndexOf("/") + 1));
}

/** A part of an address as people read it. */
export function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
