import type { Job } from "../model/job.ts";
import { isOpen } from "./machine.ts";
import type { Owners } from "./owners.ts";
import type { Runs } from "./runs.ts";
import type { Store } from "./store.ts";

interface ForgetParts {
  store: Store;
  runs: Pick<Runs, "stop">;
  owners: Pick<Owners, "ask">;
}

/** Removes a job and its files, here or through the window that runs it. */
export async function forgetJob(id: string, { store, runs, owners }: ForgetParts): Promise<void> {
  const { closed } = store.need(id);
  await runs.stop(id);
  if (closed === undefined && (await owners.ask(id, { act: "forget" }))) await store.refresh();
  else await store.remove(id);
}

/** Forgets a job that brought nothing, unless somebody is at work on it: another window may just have found its task. */
export async function dropFruitless(id: string, { store, runs }: ForgetParts): Promise<void> {
  if (!isFruitless(store.need(id))) return;
  await runs.stop(id);
  if (!(await store.hold(id))) return;
  if (isFruitless(store.need(id))) await store.remove(id);
  else await store.letGo(id);
}

function isFruitless(job: Job): boolean {
  const isOver = !isOpen(job) || job.state === "unknown";
  return isOver && job.assets.length === 0 && job.pending.length === 0;
}
