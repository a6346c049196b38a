import { access } from "node:fs/promises";
import { chromium } from "playwright-core";
import { aptInstall } from "../lib/apt.ts";
import { Failure } from "../lib/log.ts";
import { which } from "../lib/process.ts";

/** Flags that keep the browser quiet and able to run without a network, a GPU or a user of its own. */
export const chromiumFlags: readonly string[] = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--no-first-run",
  "--disable-quic",
];

const onPath = ["chromium", "chromium-browser", "google-chrome-stable", "google-chrome"];
const elsewhere = [
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
  "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
];

const readable = (path: string) =>
  access(path).then(
    () => true,
    () => false,
  );

/** The browser to drive: `EASEL_CHROMIUM`, else the system's, else Debian's package installed now. */
export async function findChromium(): Promise<string> {
  const named = process.env.EASEL_CHROMIUM;
  if (named) {
    if (await readable(named)) return named;
    throw new Failure(`EASEL_CHROMIUM names ${named}, which cannot be read.`);
  }
  const onSystem = await which(...onPath);
  if (onSystem) return onSystem;
  for (const path of [...elsewhere, chromium.executablePath()]) if (await readable(path)) return path;
  if (await aptInstall(["chromium", "fonts-noto-cjk"])) {
    const installed = await which("chromium");
    if (installed) return installed;
  }
  throw new Failure("No Chromium was found: install Chromium or Chrome, or name one in EASEL_CHROMIUM.");
}
