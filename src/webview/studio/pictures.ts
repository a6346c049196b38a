/** A seek or a load that takes longer than this will not end. Milliseconds. */
const limitMs = 15_000;

/** Loads a picture so that its pixels may be read. Rejects if it cannot be decoded. */
export async function loadPicture(src: string): Promise<HTMLImageElement> {
  const image = new Image();
  image.crossOrigin = "anonymous";
  image.decoding = "async";
  image.src = src;
  await image.decode();
  return image;
}

/** Opens a video so that its frames may be read; `close` lets it go. */
export async function openVideo(src: string): Promise<{ video: HTMLVideoElement; close(): void }> {
  const video = document.createElement("video");
  video.crossOrigin = "anonymous";
  video.muted = true;
  video.preload = "auto";
  const close = () => {
    video.removeAttribute("src");
    video.load();
  };
  const ready = heard(video, "loadeddata");
  video.src = src;
  try {
    await ready;
    if (video.videoWidth === 0 || !Number.isFinite(video.duration)) throw new Error("no picture in it");
  } catch (error) {
    close();
    throw error;
  }
  return { video, close };
}

/** Goes to a moment (seconds) and resolves once its frame is there. */
export async function seek(video: HTMLVideoElement, seconds: number): Promise<void> {
  const sought = heard(video, "seeked");
  video.currentTime = seconds;
  await sought;
}

/** The frame a video shows now, whole. */
export function frameOf(video: HTMLVideoElement): Promise<Blob> {
  const canvas = document.createElement("canvas");
  canvas.width = video.videoWidth;
  canvas.height = video.videoHeight;
  canvas.getContext("2d")?.drawImage(video, 0, 0);
  return toBlob(canvas, "image/png");
}

/** A canvas as a file. Rejects if nothing can be made of it. */
export function toBlob(canvas: HTMLCanvasElement, type: string, quality?: number): Promise<Blob> {
  return new Promise((resolve, reject) =>
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error("no picture"))), type, quality),
  );
}

function heard(video: HTMLVideoElement, event: string): Promise<void> {
  const limit = AbortSignal.timeout(limitMs);
  return new Promise((resolve, reject) => {
    video.addEventListener(event, () => resolve(), { once: true, signal: limit });
    video.addEventListener("error", () => reject(video.error), { once: true, signal: limit });
    limit.addEventListener("abort", () => reject(limit.reason), { once: true });
  });
}
