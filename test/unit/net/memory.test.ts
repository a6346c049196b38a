import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { serve, type TestServer } from "./support/servers.ts";

const child = fileURLToPath(new URL("children/memory.ts", import.meta.url));
const run = promisify(execFile);
const mib = 2 ** 20;
const block = Buffer.alloc(768 * 1024, 7);

function* blocks(count: number) {
  for (let i = 0; i < count; i++) yield block;
}
function* picture(count: number) {
  yield '{"data":[{"b64_json":"';
  const encoded = block.toString("base64");
  for (let i = 0; i < count; i++) yield encoded;
  yield '"}]}';
}

describe("memory", () => {
  let dir: string;
  let server: TestServer;
  const sizes: Record<string, number> = { "/small": 8, "/big": 0 };
  before(async () => {
    dir = await mkdtemp(join(tmpdir(), "easel-memory-"));
    server = await serve((request, response) => {
      const count = sizes[request.url ?? ""] ?? 0;
      if (request.method === "POST") return Readable.from(picture(count)).pipe(response);
      response.writeHead(200, { "content-type": "video/mp4", "content-length": count * block.length });
      return Readable.from(blocks(count)).pipe(response);
    });
  });
  after(async () => {
    await server.close();
    await rm(dir, { recursive: true });
  });
  const grew = async (what: string, big: number): Promise<number> => {
    sizes["/big"] = Math.round(big / block.length);
    const { stdout } = await run(process.execPath, [
      "--no-warnings",
      child,
      what,
      server.url,
      join(dir, "out"),
    ]);
    const { bytes, grew } = JSON.parse(stdout);
    assert.equal(bytes, (sizes["/big"] ?? 0) * block.length);
    return grew;
  };

  it("stays flat while 1 GiB is downloaded (P-22)", async () => {
    // The first 48 MiB are what the process needs for any download at all.
    sizes["/small"] = 64;
    const growth = await grew("download", 1024 * mib);
    assert(growth <= 32 * mib, `${Math.round(growth / mib)} MiB`);
  }).timeout(300_000);

  it("holds a 64 MiB picture in base64 in at most 2.2 times its size (P-22)", async () => {
    sizes["/small"] = 8;
    const growth = await grew("base64", 64 * mib);
    assert(growth <= 2.2 * 64 * mib, `${Math.round(growth / mib)} MiB`);
  }).timeout(60_000);
});
