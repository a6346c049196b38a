import type { Job } from "../model/job.ts";
import { isOpen, withoutWords } from "./machine.ts";
import { mirrorPrefix } from "./mirrorKeys.ts";
import type { Jobs } from "./types.ts";

/** A store of small values that outlives the ledger's disk, such as the editor's global state. */
export interface MirrorStore {
  keys(): readonly string[];
  get<T>(key: string): T | undefined;
  /** Undefined removes the key. */
  update(key: string, value: unknown): PromiseLike<void>;
}

interface MirrorOptions {
  jobs: Jobs;
  store: MirrorStore;
  onFault(error: unknown): void;
}

/**
 * Copies of the operations under way, without prompts, kept where a rebuilt remote container does not lose them: what is already
 * paid for can be asked for again by its handle.
 */
export class OperationMirror {
  readonly #options: MirrorOptions;
  readonly #subscription: { dispose(): void };

  constructor(options: MirrorOptions) {
    this.#options = options;
    this.#subscription = options.jobs.onDidChange((id, job) => this.#keep(id, job));
  }

  /**
   * Makes mirror and ledger agree after a start. A new ledger gets what the mirror has; an old one knows better than the mirror, which
   * then only lets go of what has ended without it.
   */
  async restore(isNewLedger: boolean): Promise<void> {
    const { jobs, store, onFault } = this.#options;
    for (const key of store.keys().filter((each) => each.startsWith(mirrorPrefix))) {
      const record = store.get<Job>(key);
      const known = jobs.get(key.slice(mirrorPrefix.length));
      const lives = isNewLedger && record ? await jobs.revive(record).catch(onFault) : known;
      if (!lives) await store.update(key, undefined);
    }
  }

  dispose(): void {
    this.#subscription.dispose();
  }

  #keep(id: string, job: Job | undefined): void {
    const { store, onFault } = this.#options;
    const record = job && recordOf(job);
    const before = store.get<Job>(mirrorPrefix + id);
    if (JSON.stringify(record?.operation) === JSON.stringify(before?.operation)) return;
    Promise.resolve(store.update(mirrorPrefix + id, record)).catch(onFault);
  }
}

/** What is enough to ask for the results again, as if none had come yet; undefined when nothing is left to ask for. */
function recordOf(job: Job): Job | undefined {
  if (job.operation === undefined || job.closed !== undefined) return undefined;
  if (!isOpen(job) && job.pending.length === 0) return undefined;
  const record: Job = { ...withoutWords(job), state: "running", pending: [], assets: [], failures: [] };
  // Where and how the task is looked at.
  return job.settings === undefined ? record : { ...record, settings: job.settings };
}
