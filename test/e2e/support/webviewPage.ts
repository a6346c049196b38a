import { readFile } from "node:fs/promises";
import { createServer, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { basename, join } from "node:path";
import { build } from "esbuild";
import { type Browser, type BrowserContextOptions, chromium, type Page } from "playwright-core";
import { chromiumFlags, findChromium } from "../../../scripts/host/chromium.ts";
import { root } from "../../../scripts/lib/paths.ts";
import type { TestPanel } from "./editor.ts";
import themes from "./themes.json" with { type: "json" };

export type ThemeName = keyof typeof themes;
export const themeNames = Object.keys(themes) as ThemeName[];

/** A file of a job's folder: what it is and its bytes. */
export interface MediaFile {
  type: string;
  bytes: Uint8Array;
}

/** The built webviews, their page and the media, on an address of their own; and a browser to open them in. */
export interface WebviewServer {
  browser: Browser;
  /** Opens a panel's page as the editor would; messages go both ways. */
  open(panel: TestPanel, options?: OpenOptions): Promise<Page>;
  close(): Promise<void>;
}

export interface OpenOptions {
  theme?: ThemeName;
  context?: BrowserContextOptions;
  /** What the webview kept before. */
  state?: unknown;
  /** What becomes of a message before the webview gets it. */
  rewrite?(message: unknown): unknown;
}

async function bundle(): Promise<Map<string, MediaFile>> {
  const result = await build({
    entryPoints: Object.fromEntries(
      ["review", "regions", "mask", "studio"].map((name) => [name, `src/webview/${name}/main.ts`]),
    ),
    absWorkingDir: root,
    bundle: true,
    minify: true,
    format: "esm",
    target: "es2023",
    tsconfig: "src/webview/tsconfig.json",
    outdir: "dist/webview",
    write: false,
  });
  const files = new Map<string, MediaFile>();
  for (const { path, contents } of result.outputFiles) {
    const type = path.endsWith(".js") ? "text/javascript" : "text/css";
    files.set(`/dist/webview/${basename(path)}`, { type, bytes: contents });
  }
  for (const [name, type] of [
    ["codicon.css", "text/css"],
    ["codicon.ttf", "font/ttf"],
  ] as const) {
    const bytes = await readFile(join(root, "node_modules/@vscode/codicons/dist", name));
    files.set(`/dist/webview/${name}`, { type, bytes });
  }
  return files;
}

/** Does something while the host side believes that it runs on a Mac. */
export async function onMac(act: () => Promise<void>): Promise<void> {
  const real = Object.getOwnPropertyDescriptor(process, "platform") as PropertyDescriptor;
  Object.defineProperty(process, "platform", { ...real, value: "darwin" });
  try {
    await act();
  } finally {
    Object.defineProperty(process, "platform", real);
  }
}

/** Sizes in bytes of the built scripts, by name. */
export async function scriptSizes(): Promise<Record<string, number>> {
  const scripts = [...(await bundle())].filter(([path]) => path.endsWith(".js"));
  return Object.fromEntries(scripts.map(([path, { bytes }]) => [basename(path), bytes.length]));
}

/** Changes the theme of an open page. */
export async function dress(page: Page, theme: ThemeName): Promise<void> {
  await page.evaluate(`window.easelDress(${JSON.stringify(themes[theme])})`);
}

/** Whole, or the part that a player asks for when it seeks, as the editor's own server does. */
function sendFile({ type, bytes }: MediaFile, range: string | undefined, response: ServerResponse): void {
  const [, first, last] = /^bytes=(\d+)-(\d*)$/.exec(range ?? "") ?? [];
  if (first === undefined) {
    response.writeHead(200, { "content-type": type, "accept-ranges": "bytes" }).end(bytes);
    return;
  }
  const end = last ? Math.min(Number(last), bytes.length - 1) : bytes.length - 1;
  const part = bytes.subarray(Number(first), end + 1);
  response
    .writeHead(206, { "content-type": type, "content-range": `bytes ${first}-${end}/${bytes.length}` })
    .end(part);
}

/** Starts it; `media` are served under `/media/`. */
export async function startWebviews(media: ReadonlyMap<string, MediaFile>): Promise<WebviewServer> {
  const files = await bundle();
  const prepare = (await readFile(join(import.meta.dirname, "preparePage.js"), "utf8")).trim();
  for (const [name, file] of media) files.set(`/media/${name}`, file);
  const pages = new Map<string, TestPanel>();
  const server = createServer((request, response) => {
    const path = new URL(request.url ?? "/", "http://host").pathname;
    const panel = pages.get(path);
    if (panel) {
      response.writeHead(200, { "content-type": "text/html; charset=utf-8" }).end(panel.webview.html);
      return;
    }
    const file = files.get(path);
    if (!file) response.writeHead(404).end();
    else sendFile(file, request.headers.range, response);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const browser = await chromium.launch({ executablePath: await findChromium(), args: [...chromiumFlags] });
  return {
    browser,
    async open(panel, options = {}) {
      const path = `/page/${pages.size}`;
      pages.set(path, panel);
      const context = await browser.newContext({
        viewport: { width: 1100, height: 760 },
        ...options.context,
      });
      const page = await context.newPage();
      page.setDefaultTimeout(20_000);
      await page.exposeFunction("easelToHost", (message: unknown) => panel.received.fire(withBytes(message)));
      const given = JSON.stringify({ theme: themes[options.theme ?? "dark"], state: options.state });
      await page.addInitScript(`${prepare}\nwindow.easelPrepare(${given});`);
      const { rewrite = (message) => message } = options;
      panel.post = async (message) => {
        const posted = JSON.stringify(rewrite(message));
        await page.evaluate(`window.postMessage(${posted}, "*")`).catch(() => {});
        return true;
      };
      panel.onDidDispose(() => void context.close());
      await page.goto(`${origin}${path}`);
      return page;
    },
    async close() {
      await browser.close();
      await stop(server);
    },
  };
}

/**
 * Waits until an expression is true in a page. Unlike the driver's own way, it needs no `eval` in the page, which its policy
 * forbids.
 */
export async function until(page: Page, expression: string): Promise<void> {
  while (!(await page.evaluate(expression))) {
    await page.evaluate("new Promise((resolve) => requestAnimationFrame(resolve))");
  }
}

/** Bytes come out of a page as base64, and are bytes again for the host. */
function withBytes(message: unknown): unknown {
  const { params } = message as { params?: { bytes?: unknown } };
  if (typeof params?.bytes !== "string") return message;
  const { buffer } = new Uint8Array(Buffer.from(params.bytes, "base64"));
  return { ...(message as object), params: { ...params, bytes: buffer } };
}

function stop(server: Server): Promise<void> {
  server.closeAllConnections();
  return new Promise((resolve) => server.close(() => resolve()));
}
