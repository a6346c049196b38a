import { format } from "node:util";
import { chromium } from "playwright-core";
import { chromiumFlags, findChromium } from "./chromium.ts";
import type { Host } from "./server.ts";

/** A test run in the extension host of a server that was started with `smokeDriver`. */
export interface HostRun {
  host: Host;
  /** The extension under test, loaded from here and not installed in the host. */
  extensionDevelopmentPath: string;
  /** A module that exports `run(): Promise<void>`. */
  extensionTestsPath: string;
  /** Gets every line that the window and its extension host print. */
  log(text: string): void;
  /** Milliseconds until the run is given up as hung. */
  timeout: number;
}

/** Opens a window whose extension host runs the tests; resolves with their exit code, 0 when all passed. */
export async function runInHost(run: HostRun): Promise<number> {
  const { host } = run;
  const browser = await chromium.launch({ executablePath: await findChromium(), args: [...chromiumFlags] });
  let timer: NodeJS.Timeout | undefined;
  try {
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
    const ended = new Promise<number>((done) => {
      page.exposeFunction("codeAutomationExit", (code: number) => done(code));
      page.once("close", () => done(1));
      timer = setTimeout(() => {
        run.log(`The host suite has not ended after ${run.timeout / 1000} s.`);
        done(1);
      }, run.timeout);
    });
    await page.exposeFunction("codeAutomationLog", (_level: string, args: unknown[]) => {
      run.log(format(...args));
    });
    const remote = (path: string) => `vscode-remote://127.0.0.1:${host.port}${path}`;
    const payload = [
      ["extensionDevelopmentPath", remote(run.extensionDevelopmentPath)],
      ["extensionTestsPath", remote(run.extensionTestsPath)],
      ["skipWelcome", "true"],
    ];
    await page.goto(`${host.url}&payload=${encodeURIComponent(JSON.stringify(payload))}`);
    return await ended;
  } finally {
    clearTimeout(timer);
    await browser.close();
  }
}
