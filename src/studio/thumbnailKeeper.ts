import { l10n } from "vscode";
import { probeBytes } from "../assets/probe.ts";
import { Thumbnails } from "../assets/thumbnails.ts";
import type { Jobs } from "../jobs/types.ts";
import type { Job } from "../model/job.ts";
import type { GalleryEntry } from "./galleryIndex.ts";
import { maxThumbnailSide, type UploadResult } from "./studioProtocol.ts";

/** Largest store, in bytes: some tens of thousands. */
const maxStore = 200 * 1024 * 1024;

/** The thumbnails that the pages made: checked, kept by content, and let go with the jobs whose results were not placed. */
export class ThumbnailKeeper {
  readonly store: Thumbnails;
  readonly #jobs: Pick<Jobs, "get">;

  constructor(folder: string, jobs: Pick<Jobs, "get">, now: () => number) {
    this.store = new Thumbnails(folder, maxStore, now);
    this.#jobs = jobs;
  }

  /** Keeps a picture that a page made of an entry. Answers where, or why it is none. */
  async keep(
    hash: string,
    entry: GalleryEntry | undefined,
    bytes: Uint8Array,
  ): Promise<UploadResult & { path?: string }> {
    const { extension, width = Number.POSITIVE_INFINITY, height = Number.POSITIVE_INFINITY } = probed(bytes);
    const isSmall = Math.max(width, height) <= maxThumbnailSide;
    if (!entry || !isSmall || (extension !== "png" && extension !== "jpg" && extension !== "webp")) {
      return { outcome: "failed", message: l10n.t("This is no thumbnail.") };
    }
    const isLanded = entry.state === "placed" || entry.state === "saved";
    const owner = isLanded ? undefined : entry.id.slice(0, entry.id.indexOf("/"));
    return { outcome: "done", path: await this.store.put(hash, extension, bytes, owner) };
  }

  /** A job has changed, or is gone. True if the addresses of some thumbnails are others now. */
  async follow(job: Job | undefined): Promise<boolean> {
    if (!job) {
      await this.sweep();
      return false;
    }
    const landed = job.assets.filter(({ state }) => state === "placed" || state === "saved");
    const moved = await Promise.all(landed.map(({ sha256 }) => this.store.landed(sha256)));
    return moved.includes(true);
  }

  /** Removes the thumbnails of jobs that are gone. */
  sweep(): Promise<void> {
    return this.store.sweep((owner) => this.#jobs.get(owner) !== undefined);
  }
}

function probed(bytes: Uint8Array): Partial<ReturnType<typeof probeBytes>> {
  try {
    return probeBytes(bytes);
  } catch {
    return {};
  }
}
