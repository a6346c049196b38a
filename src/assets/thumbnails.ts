import { mkdir, readdir, rename, rm, stat, utimes, writeFile } from "node:fs/promises";
import { join } from "node:path";

interface Kept {
  file: string;
  /** The job that still has to decide on the picture; such a thumbnail is never let go to make room. */
  owner?: string;
  /** Not known of a file of an earlier session before room has to be made. */
  bytes?: number;
  used?: number;
}

type Measured = Kept & Required<Pick<Kept, "bytes" | "used">>;

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

  /** Reads the names of what is there, which is soon done even of tens of thousands; later calls cost nothing. */
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
      known.set(hash, { file, ...(owner === undefined ? {} : { owner }) });
    }
    return known;
  }

  /** All with their sizes and times, looked up once. One that is gone takes no room. */
  async #measured(known: Map<string, Kept>): Promise<Map<string, Measured>> {
    const unknown = [...known.values()].filter(({ bytes }) => bytes === undefined);
    await Promise.all(
      unknown.map(async (kept) => {
        const found = await stat(join(this.#folder, kept.file)).catch(() => undefined);
        kept.bytes = found?.size ?? 0;
        kept.used ??= found?.mtimeMs ?? 0;
      }),
    );
    return known as Map<string, Measured>;
  }

  async #makeRoom(known: Map<string, Kept>): Promise<void> {
    const measured = await this.#measured(known);
    let total = [...measured.values()].reduce((sum, { bytes }) => sum + bytes, 0);
    if (total <= this.#maxBytes) return;
    const oldest = [...measured]
      .filter(([, { owner }]) => owner === undefined)
      .sort(([, a], [, b]) => a.used - b.used);
    for (const [hash, { bytes }] of oldest) {
      // A tenth more than needed, so that the next one does not have to look again.
      if (total <= this.#maxBytes * 0.9) break;
      total -= bytes;
      await this.#drop(known, hash);
    }
    const inUse = [...measured.values()].filter(({ owner }) => owner === undefined);
    for (const { file, used } of inUse) {
      // One that someone else has removed has no time to keep.
      await utimes(join(this.#folder, file), used / 1000, used / 1000).catch(() => undefined);
    }
  }

  async #drop(known: Map<string, Kept>, hash: string): Promise<void> {
    const kept = known.get(hash);
    known.delete(hash);
    if (kept) await rm(join(this.#folder, kept.file), { force: true });
  }
}
