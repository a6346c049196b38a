import { type ChildProcess, spawn } from "node:child_process";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { Failure } from "../lib/log.ts";
import { exited, quietly } from "../lib/process.ts";
import { installHost } from "./install.ts";
import { writeChinesePack } from "./locale.ts";
import { type Settings, writeSettings } from "./settings.ts";

/** How to start a VS Code server. Paths are absolute. */
export interface HostOptions {
  /** Short, please: a socket is made in it, and a socket's path has at most 107 bytes. */
  userDataDir: string;
  extensionsDir: string;
  /** A folder or a `.code-workspace` file to open; neither opens an empty window. */
  folder?: string;
  workspace?: string;
  /** A packaged extension to install before the start. */
  vsix?: string;
  /** 0, the default, takes any free port. */
  port?: number;
  locale?: "en" | "zh-cn";
  /** `granted`, the default, turns workspace trust off; `ask` leaves it as on the desktop. */
  trust?: "granted" | "ask";
  settings?: Settings;
  machineSettings?: Settings;
  /** Opens the door through which a test run is told its end (see mocha.ts). */
  smokeDriver?: boolean;
  /** Everything is logged that can be: server, window and extensions. */
  verbose?: boolean;
  /** Added to the environment of the server, and so of the extension host. */
  env?: Record<string, string>;
}

/** A running VS Code server. */
export interface Host {
  /** What to open in a browser. */
  url: string;
  origin: string;
  port: number;
  close(): Promise<void>;
}

/** The environment without what an editor around this process would say to the inner one. */
function environment(extra: Record<string, string> = {}): NodeJS.ProcessEnv {
  const foreign = /^(VSCODE_|CODE_SERVER_|ELECTRON_|NODE_OPTIONS$|NODE_V8_COVERAGE$|PORT$|PASSWORD$)/;
  const own = Object.entries(process.env).filter(([name]) => !foreign.test(name));
  return { ...Object.fromEntries(own), ...extra };
}

/** Signals the server and, where there are process groups, the extension hosts it started. */
function signal(child: ChildProcess, name: NodeJS.Signals): void {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  if (process.platform === "win32") child.kill(name);
  else process.kill(-child.pid, name);
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return;
  const gone = exited(child);
  signal(child, "SIGTERM");
  const timer = setTimeout(() => signal(child, "SIGKILL"), 3000);
  await gone;
  clearTimeout(timer);
}

/** Resolves with the port the server says it listens on. */
function listening(child: ChildProcess): Promise<number> {
  return new Promise((done, fail) => {
    let said = "";
    const read = (line: string) => {
      said += `${line}\n`;
      const port = /HTTP server listening on http:\/\/[^:]+:(\d+)/.exec(line)?.[1];
      if (port) done(Number(port));
    };
    for (const stream of [child.stdout, child.stderr]) if (stream) createInterface(stream).on("line", read);
    child.once("error", fail);
    child.once("exit", () => fail(new Failure(`${said}The VS Code host did not start.`)));
  });
}

/** Installs a packaged extension into an extensions folder. */
export async function installExtension(
  vsix: string,
  folders: { userDataDir: string; extensionsDir: string },
): Promise<void> {
  const entry = join(await installHost(), "out", "node", "entry.js");
  const args = [entry, "--user-data-dir", folders.userDataDir, "--extensions-dir", folders.extensionsDir];
  await writeConfig(folders.userDataDir);
  await quietly(
    "Installing the extension",
    process.execPath,
    [...args, "--config", configFile(folders.userDataDir), "--install-extension", vsix, "--force"],
    { env: environment() },
  );
}

const configFile = (userDataDir: string) => join(userDataDir, "code-server.yaml");

/** A configuration of our own, so that none is written into the home folder. */
async function writeConfig(userDataDir: string): Promise<void> {
  await mkdir(userDataDir, { recursive: true });
  await writeFile(configFile(userDataDir), "auth: none\n");
}

/** Starts a VS Code server, installing it first where the cache has none; resolves when it answers. */
export async function startHost(options: HostOptions): Promise<Host> {
  const entry = join(await installHost(), "out", "node", "entry.js");
  const { userDataDir, extensionsDir, locale = "en" } = options;
  await writeConfig(userDataDir);
  await mkdir(extensionsDir, { recursive: true });
  if (locale === "zh-cn") await writeChinesePack(userDataDir);
  await writeSettings(userDataDir, options.settings ?? {}, options.machineSettings ?? {});
  if (options.vsix) await installExtension(options.vsix, options);
  const args = [
    entry,
    ...["--auth", "none", "--bind-addr", `127.0.0.1:${options.port ?? 0}`],
    ...[
      "--config",
      configFile(userDataDir),
      "--user-data-dir",
      userDataDir,
      "--extensions-dir",
      extensionsDir,
    ],
    ...["--disable-telemetry", "--disable-update-check", "--disable-getting-started-override"],
    ...["--locale", locale, "--app-name", "Easel"],
    ...(options.trust === "ask" ? [] : ["--disable-workspace-trust"]),
    ...(options.verbose ? ["--log", "trace"] : []),
    ...(options.smokeDriver ? ["--vscode-option", "enable-smoke-test-driver"] : []),
    "--ignore-last-opened",
  ];
  const child = spawn(process.execPath, args, {
    stdio: ["ignore", "pipe", "pipe"],
    detached: process.platform !== "win32",
    env: environment(options.env),
  });
  const lastResort = () => signal(child, "SIGKILL");
  process.once("exit", lastResort);
  try {
    const port = await listening(child);
    const origin = `http://127.0.0.1:${port}`;
    const answer = await fetch(`${origin}/healthz`);
    if (!answer.ok) throw new Failure(`The VS Code host answered ${answer.status} instead of getting ready.`);
    const query = options.workspace
      ? `?workspace=${encodeURIComponent(options.workspace)}`
      : options.folder
        ? `?folder=${encodeURIComponent(options.folder)}`
        : "?ew=true";
    return {
      url: `${origin}/${query}`,
      origin,
      port,
      close: async () => {
        process.off("exit", lastResort);
        await stop(child);
      },
    };
  } catch (error) {
    await stop(child);
    throw error;
  }
}
