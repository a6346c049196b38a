import { type ChildProcess, type SpawnOptions, spawn } from "node:child_process";
import { constants } from "node:fs";
import { access } from "node:fs/promises";
import { delimiter, dirname, join } from "node:path";
import { Failure } from "./log.ts";

/** Resolves with the exit code of a started process; 1 where a signal ended it. */
export function exited(child: ChildProcess): Promise<number> {
  if (child.exitCode !== null) return Promise.resolve(child.exitCode);
  return new Promise((done, fail) => {
    child.once("error", fail);
    child.once("exit", (code) => done(code ?? 1));
  });
}

/** Runs a command with its output shown and resolves with its exit code. */
export async function run(
  command: string,
  args: readonly string[],
  options: SpawnOptions = {},
): Promise<number> {
  return exited(spawn(command, args, { stdio: "inherit", ...options }));
}

/** Runs a command quietly; shows what it said only when it fails. `what` names the step in the sentence. */
export async function quietly(
  what: string,
  command: string,
  args: readonly string[],
  options: SpawnOptions = {},
): Promise<void> {
  const child = spawn(command, args, { ...options, stdio: ["ignore", "pipe", "pipe"] });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (text: string) => {
      output += text;
    });
  }
  const code = await exited(child);
  if (code !== 0) throw new Failure(`${output.trimEnd()}\n${what} failed (exit code ${code}).`);
}

/** Runs npm in a folder that is not this project's, with this process's Node first on the PATH. */
export async function npm(
  what: string,
  args: readonly string[],
  cwd: string,
  extra: NodeJS.ProcessEnv = {},
): Promise<void> {
  // What npm exports for this project's scripts would make the inner npm think it is at work in this project.
  const own = /^npm_(package|lifecycle)_|^npm_config_(local_prefix|prefix|global_prefix)$/;
  const env: NodeJS.ProcessEnv = Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !own.test(name)),
  );
  env.PATH = `${dirname(process.execPath)}${delimiter}${env.PATH ?? ""}`;
  const entry = process.env.npm_execpath;
  const [command, before] = entry ? [process.execPath, [entry]] : ["npm", []];
  await quietly(what, command, [...before, ...args, "--no-fund", "--no-audit", "--loglevel=error"], {
    cwd,
    env: { ...env, ...extra },
    shell: !entry && process.platform === "win32",
  });
}

/** The first of these programs that the PATH has, as a full path. */
export async function which(...names: readonly string[]): Promise<string | undefined> {
  for (const name of names) {
    for (const folder of (process.env.PATH ?? "").split(delimiter)) {
      const candidate = join(folder, name);
      if (
        await access(candidate, constants.X_OK).then(
          () => true,
          () => false,
        )
      )
        return candidate;
    }
  }
  return undefined;
}
