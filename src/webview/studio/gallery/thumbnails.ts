import { maxThumbnailBytes, type StudioProtocol } from "../../../studio/studioProtocol.ts";
import type { ItemView } from "../../../studio/studioViews.ts";
import type { Wire } from "../../shared/ipc.ts";
import { loadPicture, openVideo, seek, toBlob } from "../pictures.ts";
import { upload } from "../upload.ts";

/** Longest side of a thumbnail (px): twice a tile, for fine screens. */
const side = 320;
/** Where in a video its picture is taken, as a part of its length. */
const moment = 0.1;

/**
 * Makes thumbnails of what is seen, one after the other and only while the page has nothing better to do, and hands them to the
 * host, which keeps them by content. Each content is tried once.
 */
export class Thumbnails {
  readonly #wire: Wire<StudioProtocol>;
  readonly #made: (hash: string, src: string) => void;
  readonly #tried = new Set<string>();
  #queue: readonly ItemView[] = [];
  #busy = false;

  constructor(wire: Wire<StudioProtocol>, made: (hash: string, src: string) => void) {
    this.#wire = wire;
    this.#made = made;
  }

  /** These are seen now; what was seen before and is not made yet can wait. */
  want(items: readonly ItemView[]): void {
    this.#queue = items.filter((item) => item.kind !== "audio" && item.src && !this.#tried.has(item.hash));
    if (!this.#busy) void this.#work();
  }

  async #work(): Promise<void> {
    this.#busy = true;
    for (;;) {
      const next = this.#queue.find(({ hash }) => !this.#tried.has(hash));
      if (!next?.src) break;
      this.#tried.add(next.hash);
      await idle();
      await this.#make(next.hash, next.kind, next.src).catch(() => {
        // A picture that cannot be read keeps its icon; the large view says what is wrong with it.
      });
    }
    this.#busy = false;
  }

  async #make(hash: string, kind: ItemView["kind"], src: string): Promise<void> {
    const blob = kind === "video" ? await fromVideo(src) : await fromPicture(src);
    if (blob.size > maxThumbnailBytes) return;
    const result = await upload(this.#wire, { kind: "thumbnail", hash }, blob, "");
    if (result.outcome === "done" && result.src !== undefined) this.#made(hash, result.src);
  }
}

async function fromPicture(src: string): Promise<Blob> {
  const image = await loadPicture(src);
  return small(image, image.naturalWidth || side, image.naturalHeight || side);
}

async function fromVideo(src: string): Promise<Blob> {
  const opened = await openVideo(src);
  try {
    await seek(opened.video, opened.video.duration * moment);
    return await small(opened.video, opened.video.videoWidth, opened.video.videoHeight);
  } finally {
    opened.close();
  }
}

async function small(
  source: HTMLImageElement | HTMLVideoElement,
  width: number,
  height: number,
): Promise<Blob> {
  const scale = Math.min(1, side / Math.max(width, height));
  const size = {
    resizeWidth: Math.max(1, Math.round(width * scale)),
    resizeHeight: Math.max(1, Math.round(height * scale)),
  };
  const bitmap = await createImageBitmap(source, { ...size, resizeQuality: "medium" });
  const canvas = document.createElement("canvas");
  canvas.width = bitmap.width;
  canvas.height = bitmap.height;
  canvas.getContext("bitmaprenderer")?.transferFromImageBitmap(bitmap);
  return toBlob(canvas, "image/webp", 0.8);
}

function idle(): Promise<unknown> {
  return new Promise((resolve) => requestIdleCallback(resolve, { timeout: 500 }));
}
