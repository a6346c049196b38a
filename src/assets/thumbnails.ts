import { mkdir, readdir, rename, rm, stat, utimes, writeFile } from "node:fs/promises";
import { join } from "node:path";

interface Kept {
  file: string;
  bytes: number;
  /** The job that still has to decide on the picture; such a thumbnail is never let go to make room. */
  owner?: string;
  used: number;
}

/** File names: `<hash>.<extension>`, and `<hash>~<owner>.<extension>` while the picture waits for a decision. */
const fileName = /^([0-9a-f]{64})(?:~([\w-]+))?\.(png|jpg|webp)$/;

/**
 * Thumbnails by the hash of the content they show, in one folder that never grows beyond a number of bytes: what was not used for the
 * longest goes first, but nothing that still waits for a decision. Those go with their job.
 */
export class Thumbnails {
  readonly #folder: string;
  readonly #maxBytes: number;
  readonly #now: () => number;
  #known: Promise<Map<string, Kept>> | undefined;

  constructor(folder: string, maxBytes: number, now: () => number = Date.now) {
    this.#folder = folder;
    this.#maxBytes = maxBytes;
    this.#now = now;
  }

  /** Reads what is there; later calls cost nothing. */
  load(): Promise<Map<string, Kept>> {
    this.#known ??= this.#read();
    return this.#known;
  }

  /** Absolute paths of the thumbnails of these contents, as far as there are any. Marks them as used. */
  async paths(hashes: Iterable<string>): Promise<Map<string, string>> {
    const known = await this.load();
    const found = new Map<string, string>();
    for (const hash of hashes) {
      const kept = known.get(hash);
      if (!kept) continue;
      kept.used = this.#now();
      found.set(hash, join(this.#folder, kept.file));
    }
    return found;
  }

  /**
   * Keeps a thumbnail, once for each content. Answers its path.
   * @param owner The job that still has to decide on the picture.
   */
  async put(
    hash: string,
    extension: "png" | "jpg" | "webp",
    bytes: Uint8Array,
    owner?: string,
  ): Promise<string> {
    const known = await this.load();
    const there = known.get(hash);
    if (there) return join(this.#folder, there.file);
    const file = `${hash}${owner === undefined ? "" : `~${owner}`}.${extension}`;
    await mkdir(this.#folder, { recursive: true });
    await writeFile(join(this.#folder, file), bytes, { mode: 0o600 });
    known.set(hash, {
      file,
      bytes: bytes.length,
      ...(owner === undefined ? {} : { owner }),
      used: this.#now(),
    });
    await this.#makeRoom(known);
    return join(this.#folder, file);
  }

  /** The picture has landed: from now on its thumbnail is kept like any other. True if that changed its path. */
  async landed(hash: string): Promise<boolean> {
    const known = await this.load();
    const kept = known.get(hash);
    if (kept?.owner === undefined) return false;
    const { owner, ...rest } = kept;
    const file = kept.file.replace(`~${owner}`, "");
    await rename(join(this.#folder, kept.file), join(this.#folder, file));
    known.set(hash, { ...rest, file });
    await this.#makeRoom(known);
    return true;
  }

  /** Removes the thumbnails of jobs that are gone; what `isOpen` denies is gone. */
  async sweep(isOpen: (owner: string) => boolean): Promise<void> {
    const known = await this.load();
    for (const [hash, { owner }] of known) {
      if (owner !== undefined && !isOpen(owner)) await this.#drop(known, hash);
    }
  }

  /** Removes everything but what still waits for a decision. */
  async clear(): Promise<void> {
    const known = await this.load();
    for (const [hash, { owner }] of known) if (owner === undefined) await this.#drop(known, hash);
  }

  async #read(): Promise<Map<string, Kept>> {
    const known = new Map<string, Kept>();
    for (const file of await readdir(this.#folder).catch(() => [])) {
      const [, hash, owner] = fileName.exec(file) ?? [];
      if (hash === undefined) continue;
      const { size, mtimeMs } = await stat(join(this.#folder, file));
      known.set(hash, { file, bytes: size, ...(owner === undefined ? {} : { owner }), used: mtimeMs });
    }
    return known;
  }

  async #makeRoom(known: Map<string, Kept>): Promise<void> {
    let total = [...known.values()].reduce((sum, { bytes }) => sum + bytes, 0);
    if (total <= this.#maxBytes) return;
    const oldest = [...known]
      .filter(([, { owner }]) => owner === undefined)
      .sort(([, a], [, b]) => a.used - b.used);
    for (const [hash, { bytes }] of oldest) {
      // A tenth more than needed, so that the next one does not have to look again.
      if (total <= this.#maxBytes * 0.9) break;
      total -= bytes;
      await this.#drop(known, hash);
    }
    const inUse = [...known.values()].filter(({ owner }) => owner === undefined);
    for (const { file, used } of inUse) await utimes(join(this.#folder, file), used / 1000, used / 1000);
  }

  async #drop(known: Map<string, Kept>, hash: string): Promise<void> {
    const kept = known.get(hash);
    known.delete(hash);
    if (kept) await rm(join(this.#folder, kept.file), { force: true });
  }
}
