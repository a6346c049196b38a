import { readdir, readFile } from "node:fs/promises";

interface Process {
  pid: number;
  parent: number;
  command: string;
}

/** Every process of this machine that can be looked at. Linux only, as is whoever calls it. */
async function processes(): Promise<Map<number, Process>> {
  const pids = (await readdir("/proc")).filter((name) => /^\d+$/.test(name)).map(Number);
  const found = await Promise.all(
    pids.map(async (pid): Promise<Process | undefined> => {
      try {
        const [command, stat] = await Promise.all([
          readFile(`/proc/${pid}/cmdline`, "utf8"),
          readFile(`/proc/${pid}/stat`, "utf8"),
        ]);
        return { pid, parent: Number(stat.slice(stat.lastIndexOf(")") + 2).split(" ")[1]), command };
      } catch {
        // It has ended in the meantime.
        return undefined;
      }
    }),
  );
  return new Map(found.flatMap((each) => (each ? [[each.pid, each]] : [])));
}

/** Process ids of the extension hosts of the server that works on a user-data folder: one a window. */
export async function extensionHosts(userDataDir: string): Promise<number[]> {
  const all = await processes();
  const isOurs = ({ command, parent }: Process): boolean => {
    const above = all.get(parent);
    return command.includes(userDataDir) || (above !== undefined && isOurs(above));
  };
  return [...all.values()]
    .filter((each) => each.command.includes("--type=extensionHost") && isOurs(each))
    .map(({ pid }) => pid);
}
