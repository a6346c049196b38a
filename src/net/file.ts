import { type FileHandle, open, rename, rm } from "node:fs/promises";
import { NetError } from "./types.ts";

/** Where the bytes of an unfinished `target` are. */
export const partPath = (target: string): string => `${target}.part`;

/** Bytes gathered before they are written: few large writes, and chunks that need not wait for the disk. */
const gatherBytes = 512 * 1024;

/** A part file that is written from its end on. */
export class PartFile {
  readonly #handle: FileHandle;
  readonly #maxBytes: number;
  readonly #gathered = Buffer.allocUnsafeSlow(gatherBytes);
  #fill = 0;
  #isClosed = false;
  #written: number;

  private constructor(handle: FileHandle, bytes: number, maxBytes: number) {
    this.#handle = handle;
    this.#written = bytes;
    this.#maxBytes = maxBytes;
  }

  /** Opens the part file of `target` to go on at byte `from`; anything beyond is cut off. */
  static async open(target: string, from: number, maxBytes: number): Promise<PartFile> {
    const handle = await open(partPath(target), from > 0 ? "r+" : "w", 0o600);
    try {
      if (from > 0) await handle.truncate(from);
    } catch (error) {
      await handle.close();
      throw error;
    }
    return new PartFile(handle, from, maxBytes);
  }

  /** Bytes the file has, those gathered included. */
  get bytes(): number {
    return this.#written + this.#fill;
  }

  /** Takes a copy of the chunk. {@link NetError} `tooLarge` when the file would grow beyond its cap. */
  async write(chunk: Uint8Array): Promise<void> {
    if (this.bytes + chunk.byteLength > this.#maxBytes) throw new NetError("tooLarge", "unknown");
    for (let taken = 0; taken < chunk.byteLength; ) {
      const piece = chunk.subarray(taken, taken + gatherBytes - this.#fill);
      this.#gathered.set(piece, this.#fill);
      this.#fill += piece.byteLength;
      taken += piece.byteLength;
      if (this.#fill === gatherBytes) await this.#flush();
    }
  }

  /** Makes the bytes safe on the disk. */
  async sync(): Promise<void> {
    await this.#flush();
    await this.#handle.sync();
  }

  /** Writes what is gathered and closes, also after a failure: the bytes so far are worth keeping. */
  async close(): Promise<void> {
    if (this.#isClosed) return;
    this.#isClosed = true;
    try {
      await this.#flush();
    } finally {
      await this.#handle.close();
    }
  }

  async #flush(): Promise<void> {
    for (let done = 0; done < this.#fill; ) {
      const { bytesWritten } = await this.#handle.write(
        this.#gathered,
        done,
        this.#fill - done,
        this.#written + done,
      );
      done += bytesWritten;
    }
    this.#written += this.#fill;
    this.#fill = 0;
  }
}

/**
 * Frees a chunk's memory at once instead of at the next collection, which lags tens of megabytes behind a fast download.
 * Only of a chunk that has its memory to itself.
 */
export function release({ buffer, byteLength }: Uint8Array): void {
  if (buffer instanceof ArrayBuffer && buffer.byteLength === byteLength) buffer.transfer(0);
}

/** Gives the whole part file its name. */
export async function finishPart(target: string): Promise<void> {
  await rename(partPath(target), target);
}

/** Writes a stream into `target` by way of its part file: the file is there whole or not at all. Returns its size in bytes. */
export async function saveStream(
  stream: AsyncIterable<Uint8Array>,
  target: string,
  options: { maxBytes: number },
): Promise<number> {
  const file = await PartFile.open(target, 0, options.maxBytes);
  try {
    for await (const chunk of stream) await file.write(chunk);
    await file.sync();
    await file.close();
  } catch (error) {
    await file.close().catch(() => undefined);
    await rm(partPath(target), { force: true });
    throw error;
  }
  await finishPart(target);
  return file.bytes;
}
