// Bundles the extension (dist/extension.js and lazy chunks) and each webview (dist/webview).
//   node esbuild.mjs [--production] [--watch]
import { cp, glob, mkdir, rm, writeFile } from "node:fs/promises";
import { basename, dirname } from "node:path";
import * as esbuild from "esbuild";

const production = process.argv.includes("--production");
const watch = process.argv.includes("--watch");

/** @type {esbuild.BuildOptions} */
const shared = {
  bundle: true,
  format: "esm",
  minify: production,
  sourcemap: !production,
  legalComments: "none",
  logLevel: "info",
  metafile: true,
};

/** @type {esbuild.BuildOptions} */
const extension = {
  ...shared,
  entryPoints: ["src/extension.ts"],
  outdir: "dist",
  splitting: true,
  chunkNames: "chunks/[name]-[hash]",
  platform: "node",
  target: "node22",
  external: ["vscode"],
  // Bundled CommonJS (undici) asks for Node's modules with require, which an ES module does not have.
  banner: {
    js: 'import{createRequire as easelRequire}from"node:module";const require=easelRequire(import.meta.url);',
  },
};

const webviews = Object.fromEntries(
  (await Array.fromAsync(glob("src/webview/*/main.ts"))).map((path) => [basename(dirname(path)), path]),
);

/** @type {esbuild.BuildOptions} */
const webview = {
  ...shared,
  entryPoints: webviews,
  outdir: "dist/webview",
  platform: "browser",
  target: "es2023",
  loader: { ".svg": "text", ".ttf": "file" },
  tsconfig: "src/webview/tsconfig.json",
};

await rm("dist", { recursive: true, force: true });
await mkdir("dist/webview", { recursive: true });
for (const file of ["codicon.css", "codicon.ttf"]) {
  await cp(`node_modules/@vscode/codicons/dist/${file}`, `dist/webview/${file}`);
}

const options = Object.keys(webviews).length > 0 ? [extension, webview] : [extension];
if (watch) {
  for (const each of options) await (await esbuild.context(each)).watch();
} else {
  try {
    const built = await Promise.all(options.map((each) => esbuild.build(each)));
    const inputs = Object.assign({}, ...built.map((each) => each.metafile?.inputs));
    const outputs = Object.assign({}, ...built.map((each) => each.metafile?.outputs));
    await writeFile("dist/metafile.json", JSON.stringify({ inputs, outputs }));
  } catch {
    // esbuild has said what is wrong.
    process.exitCode = 1;
  }
}
