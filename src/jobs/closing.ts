import type { Job } from "../model/job.ts";
import { LeaseLost } from "./lease.ts";
import { isClosed } from "./machine.ts";
import type { Happening, Store } from "./store.ts";
import { JobsError } from "./types.ts";

/** Jobs close by themselves, with what was decided last. */
export interface Closing {
  /** Closes a job of which nothing is left to decide. Never fails. */
  closeIfDone(id: string): Promise<void>;
  /** Writes what happened, and closes the job if that was the last of it. Throws as `Store.tell` does. */
  tell(id: string, ...happenings: Happening[]): Promise<Job>;
}

/** `dropLater` is called when a job has closed whose discards are kept for a while. */
export function createClosing(parts: {
  store: Store;
  dropLater(): void;
  report(id: string, error: unknown): void;
}): Closing {
  const { store } = parts;

  async function closeIfDone(id: string): Promise<void> {
    const job = store.get(id);
    if (!job || job.closed !== undefined || !isClosed(job)) return;
    try {
      await store.close(id);
      if (job.assets.some((asset) => asset.state === "discarded")) parts.dropLater();
    } catch (error) {
      if (!(error instanceof LeaseLost || error instanceof JobsError)) parts.report(id, error);
    }
  }

  return {
    closeIfDone,
    async tell(id, ...happenings) {
      const job = await store.tell(id, ...happenings);
      await closeIfDone(id);
      return store.get(id) ?? job;
    },
  };
}
