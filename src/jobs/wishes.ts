import { randomBytes } from "node:crypto";
import { mkdir, readdir, readFile, rename, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Clock } from "../net/types.ts";
import { ifThere, remove, renamePatiently } from "./files.ts";
import type { Happening } from "./store.ts";
import { type CancelOutcome, JobsError } from "./types.ts";

/** What one window asks of another that runs a job: nothing that could make a call of its own that costs. */
export type Wish = { act: "tell"; happenings: Happening[] } | { act: "cancel" } | { act: "forget" };

/** What came of a wish; of a wish to cancel, how that went. */
export interface WishAnswer {
  refused?: JobsError["reason"];
  outcome?: CancelOutcome;
}

/** Wishes of all windows about jobs that another one runs. */
export interface Wishes {
  /**
   * Leaves a wish for whoever runs the job and waits for its answer. Undefined as soon as `isMine` says that the job is the caller's
   * own now. Throws {@link JobsError}: `busy` when nobody answers, else why the owner refused.
   */
  ask(job: string, wish: Wish, isMine: () => Promise<boolean>): Promise<WishAnswer | undefined>;
  /** Takes up the wishes about jobs that this window runs, and answers them. */
  heed(
    isOwn: (job: string) => boolean,
    grant: (job: string, wish: Wish) => Promise<WishAnswer>,
  ): Promise<void>;
  /** Removes what windows left that are gone. */
  sweep(now: number): Promise<void>;
}

const stepMs = 50;
const leftoverMs = 60_000;
/** What users decide and write about assets; never what a vendor says, and never a call. */
const tellable: readonly Happening["type"][] = ["decided", "noted", "anchored"];

/**
 * A wish is `<job>.<nonce>.wish` in `folder`; the owner renames it to `.taken` when it takes it up, and writes what came of it to
 * `.answer`. A rename works once, so a wish is taken up by one, or taken back. What is wished may be done twice without harm: an owner
 * that lets go of the job in the middle leaves it to the one who asked. `ring` wakes the other windows.
 */
export function createWishes(options: {
  folder: string;
  clock: Clock;
  patienceMs: number;
  ring(): void;
}): Wishes {
  const { folder, clock } = options;

  return {
    async ask(job, wish, isMine) {
      const nonce = randomBytes(8).toString("hex");
      const path = (end: string) => join(folder, `${job}.${nonce}.${end}`);
      await mkdir(folder, { recursive: true, mode: 0o700 });
      await put(path("wish"), wish);
      options.ring();
      try {
        for (let waited = 0; ; waited += stepMs) {
          const isOver = await isMine();
          const text = await ifThere(readFile(path("answer"), "utf8"));
          if (text !== undefined) return accepted(JSON.parse(text) as WishAnswer);
          if (isOver) return undefined;
          // One that was taken up is being carried out: there an answer comes soon, or the owner dies over it.
          const isLate = waited >= options.patienceMs && (await moved(path("wish"), path("back")));
          if (isLate || waited >= 3 * options.patienceMs) throw new JobsError("busy");
          await clock.sleep(stepMs);
        }
      } finally {
        for (const end of ["wish", "back", "taken", "answer"]) await remove(path(end));
      }
    },

    async heed(isOwn, grant) {
      for (const name of (await ifThere(readdir(folder))) ?? []) {
        const [job = "", nonce = "", end] = name.split(".");
        if (end !== "wish" || !isOwn(job)) continue;
        const path = (as: string) => join(folder, `${job}.${nonce}.${as}`);
        if (!(await moved(path("wish"), path("taken")))) continue;
        const text = await ifThere(readFile(path("taken"), "utf8"));
        const wish = text === undefined ? undefined : readWish(text);
        if (wish) await put(path("answer"), await grant(job, wish));
      }
    },

    async sweep(now) {
      for (const name of (await ifThere(readdir(folder))) ?? []) {
        const found = await ifThere(stat(join(folder, name)));
        if (found && now - found.mtimeMs > leftoverMs) await remove(join(folder, name));
      }
    },
  };
}

function accepted(answer: WishAnswer): WishAnswer {
  if (answer.refused !== undefined) throw new JobsError(answer.refused);
  return answer;
}

/** Whole or not at all: somebody may be reading. */
async function put(path: string, value: Wish | WishAnswer): Promise<void> {
  await writeFile(`${path}.draft`, JSON.stringify(value), { mode: 0o600 });
  await renamePatiently(`${path}.draft`, path);
}

async function moved(from: string, to: string): Promise<boolean> {
  return (await ifThere(rename(from, to).then(() => true))) ?? false;
}

function readWish(text: string): Wish | undefined {
  const wish = JSON.parse(text) as Wish;
  if (wish.act === "cancel" || wish.act === "forget") return wish;
  return wish.act === "tell" && wish.happenings.every(({ type }) => tellable.includes(type))
    ? wish
    : undefined;
}
