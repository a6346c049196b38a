import { readFile, unlink, writeFile } from "node:fs/promises";
import { setTimeout as delay } from "node:timers/promises";
import { progress } from "./log.ts";

function alive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

/**
 * Runs `body` while holding a lock file, waiting for another live process that holds it. It saves double work;
 * what is built under it must still appear by one rename, since a lock left by a dead process is taken over.
 */
export async function withLock<T>(file: string, body: () => Promise<T>): Promise<T> {
  for (let waited = false; ; waited = true) {
    try {
      await writeFile(file, String(process.pid), { flag: "wx" });
      break;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    }
    const owner = Number(await readFile(file, "utf8").catch(() => ""));
    if (owner && !alive(owner)) {
      await unlink(file).catch(() => undefined);
      continue;
    }
    if (!waited) progress("Waiting for another run that is installing the same…");
    await delay(250);
  }
  try {
    return await body();
  } finally {
    await unlink(file).catch(() => undefined);
  }
}
