import * as vscode from "vscode";
import { sha256 as hashOf } from "../assets/hash.ts";
import { withoutWords } from "../jobs/machine.ts";
import type { Job } from "../model/job.ts";

const key = "placed";
/** Enough for any undo of a working day; older ones are dropped. */
const maxRecords = 200;

/**
 * What was placed in this workspace, without prompts: what is needed to take an asset back when its placement is undone after its
 * job has closed. Kept in the workspace's own state.
 */
export class PlacedRecords {
  readonly #memento: vscode.Memento;

  constructor(memento: vscode.Memento) {
    this.#memento = memento;
  }

  all(): readonly Job[] {
    return this.#memento.get<Job[]>(key) ?? [];
  }

  async add(job: Job): Promise<void> {
    const others = this.all().filter(({ id }) => id !== job.id);
    await this.#memento.update(key, [...others, withoutWords(job)].slice(-maxRecords));
  }

  async remove(jobId: string): Promise<void> {
    await this.#memento.update(
      key,
      this.all().filter(({ id }) => id !== jobId),
    );
  }

  /** Forgets all of them. */
  async clear(): Promise<void> {
    await this.#memento.update(key, undefined);
  }

  /** Whether the file is where it was placed, with the same bytes. */
  async isStillThere(uri: string, sha256: string): Promise<boolean> {
    try {
      const bytes = await vscode.workspace.fs.readFile(vscode.Uri.parse(uri, true));
      return hashOf(bytes) === sha256;
    } catch {
      return false;
    }
  }
}
