import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { serve, type TestServer } from "./support/servers.ts";

const child = fileURLToPath(new URL("children/globals.ts", import.meta.url));
const run = promisify(execFile);

describe("everyone else's fetch", () => {
  let server: TestServer;
  before(async () => {
    server = await serve((_request, response) => response.end("ok"));
  });
  after(() => server.close());

  for (const when of ["fetchFirst", "fetchLast", "replaced"]) {
    it(`is as it was after the transport was loaded (${when})`, async () => {
      const { stderr } = await run(process.execPath, ["--no-warnings", child, server.url, when]);
      assert.equal(stderr, "");
    });
  }
});
