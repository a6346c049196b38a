import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";

/** One job as far as tests look into its file. */
export interface LedgerJob {
  id: string;
  state: string;
  closed?: number;
  request: { operation: string; vendor: string; prompt: string; options: { seed?: number } };
  assets: { state: string; kind: string; file: string; placing?: { uri: string } }[];
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
