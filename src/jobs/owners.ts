import type { Ledger } from "./ledger.ts";
import type { Store } from "./store.ts";
import { JobsError } from "./types.ts";
import type { Wish, WishAnswer, Wishes } from "./wishes.ts";

/** Jobs that one window runs and another wants something of. */
export interface Owners {
  /** Asks the window that runs a job for something. Undefined if this window holds the job now, and has to do it itself. */
  ask(id: string, wish: Wish): Promise<WishAnswer | undefined>;
  /** Does what other windows ask about the jobs that this one runs. */
  heed(): Promise<void>;
}

/** `grant` does what is wished; a {@link JobsError} of it is the answer, anything else goes to `report` and is answered as busy. */
export function createOwners(parts: {
  store: Pick<Store, "hold" | "holds">;
  ledger: Pick<Ledger, "mark">;
  wishes: Pick<Wishes, "ask" | "heed">;
  grant(id: string, wish: Wish): Promise<WishAnswer>;
  report(id: string, error: unknown): void;
}): Owners {
  const { store, ledger, wishes } = parts;

  return {
    async ask(id, wish) {
      if (await store.hold(id)) return undefined;
      if ((await ledger.mark(id)) === undefined) throw new JobsError("gone");
      return wishes.ask(id, wish, () => store.hold(id));
    },

    heed: () =>
      wishes.heed(store.holds, async (id, wish) => {
        try {
          return await parts.grant(id, wish);
        } catch (error) {
          if (error instanceof JobsError) return { refused: error.reason };
          parts.report(id, error);
          return { refused: "busy" };
        }
      }),
  };
}
