import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { sha256 } from "../../src/assets/hash.ts";
import { serve } from "./net/support/servers.ts";
import { withoutEditor } from "./text/editor.ts";

withoutEditor();
const { linkInput, openInput, readInput } = await import("../../src/inputs.ts");
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

  it("that are no files of the workspace are sent as they were confirmed, or not at all (P-03)", async () => {
    const path = join(folder, "kept.png");
    await writeFile(path, "first");
    const source = {
      kind: "staged",
      file: "inputs/kept.png",
      sha256: sha256(Buffer.from("first")),
      bytes: 5,
    } as const;
    const ref = { role: "mask" as const, name: "kept.png", source };
    assert.equal((await openInput(ref, path)).bytes, 5);
    await writeFile(path, "other");
    await assert.rejects(openInput(ref, path), {
      facts: { reason: "invalid", sent: "no", field: "kept.png", next: "inputChanged" },
    });
  });

  it("that are links are handed on as they are, and not opened (P-03)", async () => {
    const server = await serve((_request, response) => response.end());
    try {
      const url = `${server.url}/clip.mp4`;
      const { name, source } = linkInput("video", url);
      const opened = await openInput({ role: "video", name, source }, undefined);
      assert.deepEqual([opened.url, opened.open], [url, undefined]);
      assert.deepEqual(server.seen, []);
    } finally {
      await server.close();
    }
  });
});
