import { type FSWatcher, watch } from "node:fs";
import { mkdir, readdir, readFile } from "node:fs/promises";
import { join } from "node:path";

/** One job as far as tests look into its file. */
export interface LedgerJob {
  id: string;
  state: string;
  closed?: number;
  assets: { state: string; file: string; placing?: { uri: string } }[];
}

/** Easel's ledger on disk, beside the window that works on it. */
export class LedgerFolder {
  readonly root: string;

  constructor(userDataDir: string) {
    this.root = join(userDataDir, "User", "globalStorage", "easel.easel", "jobs");
  }

  async jobs(): Promise<LedgerJob[]> {
    const names = await readdir(this.root).catch(() => []);
    const read = names
      .filter((name) => !name.startsWith("."))
      .map((name) => readFile(join(this.root, name, "job.json"), "utf8").then(JSON.parse, () => undefined));
    return (await Promise.all(read)).filter((job) => job !== undefined);
  }
}

/** Calls `look` at every change in the folders, from the first moment on, until it answers true. */
export async function whenOnDisk(folders: readonly string[], look: () => boolean): Promise<void> {
  const watchers: FSWatcher[] = [];
  try {
    for (const folder of folders) await mkdir(folder, { recursive: true });
    await new Promise<void>((resolve, reject) => {
      const check = () => {
        try {
          if (look()) resolve();
        } catch (error) {
          reject(error);
        }
      };
      for (const folder of folders) watchers.push(watch(folder, check));
      check();
    });
  } finally {
    for (const watcher of watchers) watcher.close();
  }
}
