import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { build } from "esbuild";
import { olderNode } from "./support/olderNode.ts";
import { serve, type TestServer } from "./support/servers.ts";

const child = fileURLToPath(new URL("children/globals.ts", import.meta.url));
const run = promisify(execFile);

describe("everyone else's fetch", () => {
  let server: TestServer;
  before(async () => {
    server = await serve((_request, response) => response.end("ok"));
  });
  after(() => server.close());

  const moments = ["fetchFirst", "fetchLast", "replaced"];
  for (const when of moments) {
    it(`is as it was after the transport was loaded (${when})`, async () => {
      const { stderr } = await run(process.execPath, ["--no-warnings", child, server.url, when]);
      assert.equal(stderr, "");
    });
  }

  describe("in Node 22.19, by the bundled transport", () => {
    let node: string;
    let folder: string;
    let program: string;
    before(async function () {
      this.timeout(300_000);
      const found = await olderNode();
      // Without it the dispatcher that was put in place by somebody else, above, stands for what it would do.
      if (!found) return this.skip();
      node = found;
      folder = await mkdtemp(join(tmpdir(), "easel-bundle-"));
      program = join(folder, "globals.mjs");
      await build({
        entryPoints: [child],
        outdir: folder,
        bundle: true,
        splitting: true,
        format: "esm",
        platform: "node",
        target: "node22",
        banner: {
          js: 'import{createRequire as easelRequire}from"node:module";const require=easelRequire(import.meta.url);',
        },
        outExtension: { ".js": ".mjs" },
        logLevel: "silent",
      });
    });
    after(async () => {
      if (folder) await rm(folder, { recursive: true, force: true });
    });

    for (const when of moments) {
      it(`is as it was (${when})`, async () => {
        const { stdout } = await run(node, ["--no-warnings", program, server.url, when]);
        assert.match(stdout, /^v22\.19\./);
      });
    }
  });
});
