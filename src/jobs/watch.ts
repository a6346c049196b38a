import { type FSWatcher, mkdirSync, watch } from "node:fs";
import { utimes, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { errorCode } from "./files.ts";

/** Tells other windows of changes to the ledger, and hears of theirs. */
export interface LedgerWatcher {
  /** Begins to listen; the ledger's folder is made if need be. */
  begin(): void;
  /** Tells the others that something has changed. */
  announce(): void;
  dispose(): void;
}

/** Touched at every change: a watch of the ledger's folder alone sees that, on every platform. */
const bell = ".changed";
const settleMs = 100;

/** Watches the ledger under `root`. Where watching fails, changes of others are seen with the next heartbeat. */
export function watchLedger(root: string, enabled: boolean, onChange: () => void): LedgerWatcher {
  let watcher: FSWatcher | undefined;
  let hearing: NodeJS.Timeout | undefined;
  let ringing: NodeJS.Timeout | undefined;

  function hear(): void {
    hearing ??= setTimeout(() => {
      hearing = undefined;
      onChange();
    }, settleMs);
  }

  async function ring(): Promise<void> {
    ringing = undefined;
    const path = join(root, bell);
    const now = new Date();
    try {
      await utimes(path, now, now);
    } catch (error) {
      if (errorCode(error) === "ENOENT") await writeFile(path, "").catch(() => undefined);
    }
  }

  return {
    begin() {
      if (!enabled || watcher) return;
      try {
        mkdirSync(root, { recursive: true, mode: 0o700 });
        watcher = watch(root, { persistent: false }, hear);
        watcher.on("error", () => watcher?.close());
      } catch {
        watcher = undefined;
      }
    },
    announce() {
      if (enabled) ringing ??= setTimeout(() => void ring(), settleMs / 4);
    },
    dispose() {
      watcher?.close();
      clearTimeout(hearing);
      clearTimeout(ringing);
    },
  };
}
