/**
 * How soon the Studio shows its first picture in the real workbench, with 25,000 assets placed in the workspace and their thumbnails
 * made: from the moment the page's script had come, and from the command. Run: `node test/bench/opening.bench.ts [items] [rounds]`.
 */
import { createHash } from "node:crypto";
import { mkdir, readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { pathToFileURL } from "node:url";
import { withInstalledExtension } from "../../scripts/suites/e2e.ts";
import type { PlacedEntry } from "../../src/placement/placedList.ts";
import { Easel } from "../e2e/easel.ts";
import { openSession } from "../e2e/session.ts";
import { StudioPage } from "../e2e/studioPage.ts";
import { Workbench } from "../e2e/workbench.ts";
import { encodeJpeg } from "../simulator/media/jpeg.ts";
import { scene } from "../simulator/media/scene.ts";

const count = Number(process.argv[2] ?? 25_000);
const rounds = Number(process.argv[3] ?? 7);
/** As many different pictures; the newest items come first and are all that is seen. */
const pictures = 200;
const others = 20_000;
/** By then a window has started, with all that its extensions do then. */
const settledMs = 8_000;
const size = { width: 320, height: 213 };

const hashOf = (n: number) =>
  createHash("sha256")
    .update(`bench ${n % pictures}`)
    .digest("hex");

/** Runs in every frame of the workbench: notes when a tile's first picture is there. */
const noteFirstPicture = `(() => {
  // The editor writes a webview's document anew, which ends what was asked of the first one's frames.
  const timer = setInterval(() => {
    if (!document.querySelector(".tile img.there")) return;
    window.easelFirstPicture = performance.now();
    clearInterval(timer);
  }, 2);
})()`;

/** Easel's storage of the one workspace that was opened. */
async function workspaceStorage(userDataDir: string): Promise<string> {
  const all = join(userDataDir, "User/workspaceStorage");
  const [id, ...others] = await readdir(all);
  if (id === undefined || others.length > 0) throw new Error(`One workspace expected in ${all}.`);
  return join(all, id, "easel.easel");
}

async function seed(userDataDir: string, site: string): Promise<void> {
  const storage = await workspaceStorage(userDataDir);
  const uri = pathToFileURL(join(site, "images/harbour.jpg")).href;
  const entry = (n: number): PlacedEntry => ({
    id: `m${n.toString(36)}-abcdef012345/a0`,
    uri,
    sha256: hashOf(n),
    kind: "image",
    type: "image/jpeg",
    bytes: 100_000 + ((n * 7919) % 900_000),
    ...size,
    vendor: "placeholder",
    model: "placeholder",
    operation: "text-to-image",
    seed: n,
    state: "placed",
    at: 1_700_000_000_000 + n * 60_000,
  });
  const lines = Array.from({ length: count }, (_, n) => JSON.stringify(entry(n)));
  await mkdir(storage, { recursive: true });
  await writeFile(join(storage, "placed.jsonl"), `${lines.join("\n")}\n`);
  const folder = join(userDataDir, "User/globalStorage/easel.easel/studio/thumbnails");
  await mkdir(folder, { recursive: true });
  for (let n = 0; n < pictures; n += 1)
    await writeFile(join(folder, `${hashOf(n)}.jpg`), encodeJpeg(size, scene(size, "bench", n)));
  // The store is as full as it gets; these are never shown.
  for (let n = 0; n < others; n += 1) {
    const hash = createHash("sha256").update(`other ${n}`).digest("hex");
    await writeFile(join(folder, `${hash}.jpg`), "");
  }
}

await withInstalledExtension(async (env) => {
  Object.assign(process.env, env);
  const workbench = new Workbench(await openSession({ viewport: { width: 1600, height: 1000 } }));
  const { session } = workbench;
  try {
    await session.page.context().addInitScript(noteFirstPicture);
    // Without a key, Setup is what is seen first.
    await new Easel(workbench).setSeedreamKey();
    await workbench.notification("is stored for");
    const studio = new StudioPage(workbench);
    await studio.open();
    await seed(session.userDataDir, session.folder);
    /** Opens the Studio and closes it again; ms from the page's script, and from the command, to the first picture. */
    const opened = async () => {
      const palette = await workbench.palette("Easel: Open Studio");
      const began = Date.now();
      await palette.accept();
      const frame = await studio.frame();
      await frame.locator(".tile img.there").first().waitFor();
      const [origin, script, there] = (await frame.evaluate(`[performance.timeOrigin,
        performance.getEntriesByType("resource").find(({ name }) => name.includes("studio.js")).responseEnd, window.easelFirstPicture]`)) as [
        number,
        number,
        number,
      ];
      await workbench.runCommand("View: Close All Editors");
      return { script: there - script, command: origin + there - began };
    };
    await workbench.runCommand("View: Close All Editors");
    /** Opens the window anew; what was open before would come back if the editor had no time to write that it was closed. */
    const newWindow = async (wait: number) => {
      await delay(2_000);
      await workbench.reload();
      await delay(wait);
    };
    const starting: Awaited<ReturnType<typeof opened>>[] = [];
    const first: typeof starting = [];
    const again: typeof starting = [];
    for (let round = 0; round <= rounds; round += 1) {
      // The first round warms the caches of browser and server.
      const note = (list: typeof starting, times: (typeof starting)[number]) => round > 0 && list.push(times);
      await newWindow(0);
      note(starting, await opened());
      await newWindow(settledMs);
      note(first, await opened());
      note(again, await opened());
    }
    for (const [when, found] of [
      ["in a window that is still starting", starting],
      ["for the first time in a window", first],
      ["opened again", again],
    ] as const) {
      for (const [name, what] of [
        ["script", "after the page's script had come (at most 200)"],
        ["command", "after the command"],
      ] as const) {
        const times = found.map((each) => each[name]).sort((a, b) => a - b);
        const at = (part: number) => Math.round(times[Math.round((times.length - 1) * part)] ?? 0);
        console.log(
          `first picture ${what}, ${when}: median ${at(0.5)} ms, ${at(0)} to ${at(1)} ms (${times.length} rounds)`,
        );
      }
    }
  } finally {
    await session.close();
  }
});
