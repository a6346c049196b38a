import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { registerHooks } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

// The part of the editor that inputs are read through, over real files.
registerHooks({
  resolve: (specifier, context, next) =>
    specifier === "vscode" ? { url: "easel-test:files", shortCircuit: true } : next(specifier, context),
  load: (url, context, next) =>
    url === "easel-test:files"
      ? {
          format: "module",
          shortCircuit: true,
          source: `
            import { readFile, stat } from "node:fs/promises";
            export const Uri = { parse: (text) => ({ path: new URL(text).pathname, toString: () => text, url: new URL(text) }) };
            export const workspace = { fs: { readFile: ({ url }) => readFile(url), stat: ({ url }) => stat(url) } };`,
        }
      : next(url, context),
});
const { openInput, readInput } = await import("../../src/inputs.ts");
const { Uri } = await import("vscode");

describe("inputs of a request", () => {
  let folder: string;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "easel-inputs-"));
  });
  after(() => rm(folder, { recursive: true }));

  it("that are files are sent as they were confirmed, or not at all (P-03)", async () => {
    const path = join(folder, "a.png");
    await writeFile(path, "first");
    const { source, name } = await readInput(Uri.parse(pathToFileURL(path).href));
    const ref = { role: "reference", name, source } as const;
    const opened = await openInput(ref, undefined);
    assert.equal(Buffer.concat(await Array.fromAsync(opened.open?.() ?? [])).toString(), "first");
    await writeFile(path, "other");
    await assert.rejects(openInput(ref, undefined), {
      facts: { reason: "invalid", sent: "no", field: name, next: "inputChanged" },
    });
  });

  it("that are links are handed on as they are, and not opened (P-03)", async () => {
    const url = "https://cdn.invalid/clip.mp4";
    const opened = await openInput(
      { role: "video", name: "clip.mp4", source: { kind: "link", url } },
      undefined,
    );
    assert.deepEqual([opened.url, opened.open], [url, undefined]);
  });
});
