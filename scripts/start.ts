import { readFile, rm, stat, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { installExtension, startHost } from "./host/server.ts";
import { main, progress } from "./lib/log.ts";
import { cacheDir } from "./lib/paths.ts";
import { copySampleSite } from "./lib/scratch.ts";
import { type SimulatorReady, simulatorSettings, startSimulator } from "./lib/simulator.ts";
import { packageExtension } from "./lib/vsix.ts";

const usage = `npm start [-- options]
  --port N   the editor's port; the simulator takes the next one (8137)
  --fresh    forget the workspace, the settings and the installed extension of earlier starts`;

/** A port if it is free, else 0, which lets the system choose. */
function freeOrAny(port: number): Promise<number> {
  return new Promise((done) => {
    const probe = createServer();
    probe.once("error", () => done(0));
    probe.listen(port, "127.0.0.1", () => probe.close(() => done(port)));
  });
}

/** Installs the package unless the folder has this very one. */
async function ensureInstalled(vsix: string, folders: { userDataDir: string; extensionsDir: string }) {
  const stamp = join(folders.extensionsDir, ".installed");
  const wanted = await readFile(`${vsix}.fingerprint`, "utf8");
  if ((await readFile(stamp, "utf8").catch(() => "")) === wanted) return;
  progress("Installing the extension into the VS Code host…");
  await installExtension(vsix, folders);
  await writeFile(stamp, wanted);
}

function keys(ready: SimulatorReady): string {
  const { seedream, visual, kling, animo, gateway } = ready;
  return [
    ["Seedream", seedream?.apiKey],
    ["Volcengine Visual", visual && `${visual.accessKeyId} and ${visual.secretAccessKey}`],
    ["Kling", kling && `${kling.accessKey} and ${kling.secretKey}, or the API key ${kling.apiKey}`],
    ["Animo", animo && `${animo.apiKey} at ${animo.endpoint}`],
    ["Alibaba AI Gateway", gateway?.apiKey],
  ]
    .flatMap(([name, key]) => (key ? [`  ${name?.padEnd(20)}${key}`] : []))
    .join("\n");
}

await main(async () => {
  const { values } = parseArgs({
    options: {
      port: { type: "string", default: "8137" },
      fresh: { type: "boolean", default: false },
      help: { type: "boolean", short: "h", default: false },
    },
  });
  if (values.help) return console.log(usage);
  const home = join(await cacheDir(), "start");
  if (values.fresh) await rm(home, { recursive: true, force: true });
  const userDataDir = join(home, "user");
  const extensionsDir = join(home, "extensions");
  const folder = join(home, "harbour-tea");

  const vsix = await packageExtension();
  await ensureInstalled(vsix, { userDataDir, extensionsDir });
  if (!(await stat(folder).catch(() => undefined))) await copySampleSite(folder);

  // Keys are kept by the editor's address and bound to the vendor's: both stay the same from start to start.
  const port = Number(values.port);
  const simulator = await startSimulator(await freeOrAny(port + 1));
  const host = await startHost({
    userDataDir,
    extensionsDir,
    folder,
    port: await freeOrAny(port),
    machineSettings: simulatorSettings(simulator.ready),
  });
  console.log(`
Easel is ready in a VS Code of its own:  ${host.url}

The vendors are simulated; nothing leaves this machine. Keys for "Easel: Set API Key…":
${keys(simulator.ready)}

The workspace is ${folder}
Ctrl+C stops everything.`);

  await new Promise<void>((done) => {
    for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => done());
  });
  progress("\nStopping…");
  await Promise.all([host.close(), simulator.close()]);
});
