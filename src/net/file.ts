import { type FileHandle, open, rename, rm } from "node:fs/promises";
import { NetError } from "./types.ts";

/** Where the bytes of an unfinished `target` are. */
export const partPath = (target: string): string => `${target}.part`;

/** Writes whole chunks, one after the other, and knows how many bytes the file has. */
export class PartFile {
  readonly #handle: FileHandle;
  #bytes: number;
  readonly #maxBytes: number;

  private constructor(handle: FileHandle, bytes: number, maxBytes: number) {
    this.#handle = handle;
    this.#bytes = bytes;
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

  get bytes(): number {
    return this.#bytes;
  }

  /** {@link NetError} `tooLarge` when the file would grow beyond its cap. */
  async write(chunk: Uint8Array): Promise<void> {
    if (this.#bytes + chunk.byteLength > this.#maxBytes) throw new NetError("tooLarge", "unknown");
    for (let done = 0; done < chunk.byteLength; ) {
      const { bytesWritten } = await this.#handle.write(chunk, done, chunk.byteLength - done, this.#bytes);
      done += bytesWritten;
      this.#bytes += bytesWritten;
    }
  }

  /** Makes the bytes safe on the disk. */
  async sync(): Promise<void> {
    await this.#handle.sync();
  }

  async close(): Promise<void> {
    await this.#handle.close();
  }
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
  } catch (error) {
    await file.close();
    await rm(partPath(target), { force: true });
    throw error;
  }
  await file.close();
  await finishPart(target);
  return file.bytes;
}
