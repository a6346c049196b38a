import assert from "node:assert/strict";
import { cp, mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { type BrowserContext, chromium, type Page } from "playwright-core";
import { chromiumFlags, findChromium } from "../../scripts/host/chromium.ts";
import { type Host, type HostOptions, startHost } from "../../scripts/host/server.ts";
import { copySampleSite, scratch } from "../../scripts/lib/scratch.ts";
import { type Simulator, simulatorSettings, startSimulator } from "../../scripts/lib/simulator.ts";

/** How a session differs from the usual: English, dark, the sample site, trusted, pointed at the simulator. */
export interface SessionOptions
  extends Pick<HostOptions, "locale" | "trust" | "settings" | "machineSettings" | "env" | "verbose"> {
  /** `none` opens an empty window. */
  workspace?: "sample-site" | "none";
  viewport?: { width: number; height: number };
  /** Files in the opened folder besides those of the workspace, by their names. */
  files?: Readonly<Record<string, string | Buffer>>;
  /** Unpacked extensions to install beside Easel, absolute. */
  beside?: readonly string[];
}

/** A simulator, a VS Code server with the packaged extension, and a browser with a profile that lasts. */
export interface Session {
  simulator: Simulator;
  /** The opened folder: a copy of the sample site that tests may change. */
  folder: string;
  userDataDir: string;
  /** The window opened last; `restart` replaces it. */
  readonly page: Page;
  /** One more window on the same server and profile. */
  openWindow(): Promise<Page>;
  /** Ends browser and server and starts both again, same profile, address and user data. */
  restart(): Promise<Page>;
  /** Fails if some page tried what its security policy forbids since this was asked last. */
  checkPolicy(): void;
  /** Stops and removes everything, then checks the policy. */
  close(): Promise<void>;
}

/** The folder with the extension installed, made once by the runner of the suite. */
function extensionsDir(): string {
  const folder = process.env.EASEL_E2E_EXTENSIONS;
  if (!folder) throw new Error("Start the e2e suite with `npm run test:e2e`, which installs the extension.");
  return folder;
}

/** A copy of the folder with extensions that has some more in it. */
async function withExtensions(added: readonly string[], home: string): Promise<string> {
  const folder = join(home, "extensions");
  await cp(extensionsDir(), folder, { recursive: true });
  const list = join(folder, "extensions.json");
  const installed: unknown[] = JSON.parse(await readFile(list, "utf8"));
  for (const path of added) {
    const { publisher, name, version } = JSON.parse(await readFile(join(path, "package.json"), "utf8"));
    await cp(path, join(folder, name), { recursive: true });
    installed.push({
      identifier: { id: `${publisher}.${name}` },
      version,
      location: { $mid: 1, path: join(folder, name), scheme: "file" },
      relativeLocation: name,
    });
  }
  await writeFile(list, JSON.stringify(installed));
  return folder;
}

async function openBrowser(
  profile: string,
  host: Host,
  options: SessionOptions,
  violations: string[],
): Promise<BrowserContext> {
  const browser = await chromium.launchPersistentContext(profile, {
    executablePath: await findChromium(),
    args: [...chromiumFlags],
    viewport: options.viewport ?? { width: 1400, height: 900 },
  });
  browser.setDefaultTimeout(45_000);
  browser.on("console", (message) => {
    if (/Content Security Policy/i.test(message.text())) violations.push(message.text());
  });
  await browser.grantPermissions(["clipboard-read", "clipboard-write"], { origin: host.origin });
  return browser;
}

/** Waits for the workbench and, where a folder is open, for the Explorer's first entry. */
async function openWorkbench(page: Page, host: Host, options: SessionOptions): Promise<Page> {
  await page.goto(host.url);
  await page.locator(".monaco-workbench .part.statusbar").waitFor();
  if (options.workspace !== "none")
    await page.locator(".explorer-folders-view .monaco-list-row").first().waitFor();
  return page;
}

/** Starts a session; `close` stops and removes all of it, as does a start that fails. */
export async function openSession(options: SessionOptions = {}): Promise<Session> {
  const undo: (() => Promise<unknown>)[] = [];
  const close = async () => {
    for (const step of undo.splice(0).reverse()) await step();
  };
  try {
    return await buildSession(options, undo, close);
  } catch (error) {
    await close();
    throw error;
  }
}

async function buildSession(
  options: SessionOptions,
  undo: (() => Promise<unknown>)[],
  close: () => Promise<void>,
): Promise<Session> {
  const home = await scratch();
  undo.push(async () => home[Symbol.asyncDispose]());
  const folder = join(home.path, "site");
  await (options.workspace === "none" ? mkdir(folder) : copySampleSite(folder));
  for (const [name, content] of Object.entries(options.files ?? {}))
    await writeFile(join(folder, name), content);
  const simulator = await startSimulator();
  undo.push(() => simulator.close());
  const userDataDir = join(home.path, "user");

  const extensions = options.beside ? await withExtensions(options.beside, home.path) : extensionsDir();

  const startServer = (port: number) =>
    startHost({
      userDataDir,
      extensionsDir: extensions,
      port,
      ...(options.workspace === "none" ? {} : { folder }),
      ...(options.locale ? { locale: options.locale } : {}),
      ...(options.trust ? { trust: options.trust } : {}),
      ...(options.env ? { env: options.env } : {}),
      ...(options.verbose ? { verbose: true } : {}),
      settings: options.settings ?? {},
      machineSettings: { ...simulatorSettings(simulator.ready), ...options.machineSettings },
    });
  let host = await startServer(0);
  undo.push(() => host.close());
  const violations: string[] = [];
  const startBrowser = () => openBrowser(join(home.path, "profile"), host, options, violations);
  let browser = await startBrowser();
  undo.push(() => browser.close());
  const checkPolicy = () =>
    assert.deepEqual(violations.splice(0), [], "nothing that a page's security policy forbids was tried");
  const firstPage = async () => openWorkbench(browser.pages()[0] ?? (await browser.newPage()), host, options);
  let page = await firstPage();

  return {
    simulator,
    folder,
    userDataDir,
    get page() {
      return page;
    },
    openWindow: async () => openWorkbench(await browser.newPage(), host, options),
    restart: async () => {
      await browser.close();
      await host.close();
      host = await startServer(host.port);
      browser = await startBrowser();
      page = await firstPage();
      return page;
    },
    checkPolicy,
    close: async () => {
      await close();
      checkPolicy();
    },
  };
}

/** A file of the opened folder as text. */
export function readWorkspaceFile(session: Session, path: string): Promise<string> {
  return readFile(join(session.folder, path), "utf8");
}
