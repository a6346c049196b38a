import { createHash } from "node:crypto";
import { mkdir, readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { sourceFiles } from "./files.ts";
import { Failure, progress } from "./log.ts";
import { out, root } from "./paths.ts";
import { quietly, run } from "./process.ts";

/** What goes into the bundles and the package. */
const sources = [
  "src/**/*",
  "l10n/*",
  "media/**/*",
  "*.{md,json,mjs}",
  "LICENSE",
  "THIRD-PARTY-NOTICES",
  ".vscodeignore",
];

/** A hash that changes whenever something that goes into the package does. */
async function fingerprint(): Promise<string> {
  const hash = createHash("sha256");
  for (const file of await sourceFiles(sources)) {
    hash.update(`${file}\0`).update(await readFile(join(root, file)));
  }
  return hash.digest("hex");
}

/** Runs `make` unless its result, the file, is there and was made from the same sources. */
async function upToDate(file: string, stamp: string, make: () => Promise<void>): Promise<void> {
  const wanted = await fingerprint();
  const made = await readFile(stamp, "utf8").catch(() => "");
  if (made === wanted && (await stat(file).catch(() => undefined))) return;
  await make();
  await mkdir(out, { recursive: true });
  await writeFile(stamp, wanted);
}

/** Bundles the extension for production into `dist`, where that is not done yet. */
export async function buildExtension(): Promise<void> {
  await upToDate(join(root, "dist", "metafile.json"), join(root, "dist", ".fingerprint"), async () => {
    progress("Building the extension…");
    const esbuild = [join(root, "esbuild.mjs"), "--production"];
    if ((await run(process.execPath, esbuild, { cwd: root })) !== 0) throw new Failure("The build failed.");
  });
}

/** The packaged extension, made where that is not done yet: its absolute path. */
export async function packageExtension(): Promise<string> {
  const { name, version } = JSON.parse(await readFile(join(root, "package.json"), "utf8"));
  const vsix = join(out, `${name}-${version}.vsix`);
  await buildExtension();
  await upToDate(vsix, `${vsix}.fingerprint`, async () => {
    progress("Packaging the extension…");
    const vsce = join(root, "node_modules", "@vscode", "vsce", "vsce");
    const options = ["--no-dependencies", "--allow-missing-repository", "--no-rewrite-relative-links"];
    await mkdir(out, { recursive: true });
    await quietly("Packaging", process.execPath, [vsce, "package", ...options, "--out", vsix], { cwd: root });
  });
  return vsix;
}
