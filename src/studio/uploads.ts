import { createReadStream } from "node:fs";
import { mkdir, readdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { sha256 } from "../assets/hash.ts";
import type { StartOptions } from "../jobs/types.ts";

/** A file of a draft that is no file of the workspace, until its job takes it. */
export interface StagedFile {
  /** Name in a job's folder: `inputs/<name>`. */
  file: string;
  path: string;
  sha256: string;
  bytes: number;
}

/**
 * Files that the user pasted, dropped or took from a video for a draft: in a folder of this window's own, gone when the window
 * closes. What a crash left is removed by the next start.
 */
export class Uploads {
  readonly #root: string;
  readonly #own: string;
  #swept: Promise<void> | undefined;

  /** @param root Folder shared by all windows. */
  constructor(root: string) {
    this.#root = root;
    this.#own = join(root, `${process.pid}-${Date.now().toString(36)}`);
  }

  /** Keeps bytes under their hash; the same bytes are kept once. */
  async add(bytes: Uint8Array, extension: string): Promise<StagedFile> {
    await this.#ready();
    const hash = sha256(bytes);
    const name = `${hash}.${extension}`;
    const path = join(this.#own, name);
    await writeFile(path, bytes, { mode: 0o600 });
    return { file: `inputs/${name}`, path, sha256: hash, bytes: bytes.length };
  }

  /** What a job's start copies. */
  stream({
    file,
    path,
  }: Pick<StagedFile, "file" | "path">): NonNullable<StartOptions["stagedInputs"]>[number] {
    return { file, open: () => createReadStream(path) };
  }

  async dispose(): Promise<void> {
    await rm(this.#own, { recursive: true, force: true });
  }

  #ready(): Promise<void> {
    this.#swept ??= this.#sweep();
    return this.#swept;
  }

  async #sweep(): Promise<void> {
    await mkdir(this.#own, { recursive: true });
    for (const name of await readdir(this.#root)) {
      const folder = join(this.#root, name);
      if (folder !== this.#own && !isAlive(Number.parseInt(name, 10))) {
        await rm(folder, { recursive: true, force: true });
      }
    }
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // A process of another user is alive all the same.
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}
