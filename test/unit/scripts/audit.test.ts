import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { auditLines, checkAudit } from "../../../scripts/checks/audit.ts";
import { serve, type TestServer } from "../net/support/servers.ts";

/** A registry's advisory service: what it knows, by package. */
function registry(known: Record<string, object[]>): Promise<TestServer> {
  return serve(async (request, response) => {
    const body = Buffer.concat(await request.toArray());
    if (!request.url?.endsWith("/advisories/bulk")) return void response.writeHead(404).end("{}");
    const text = (request.headers["content-encoding"] === "gzip" ? gunzipSync(body) : body).toString();
    const asked = Object.keys(JSON.parse(text) as object);
    const found = Object.fromEntries(Object.entries(known).filter(([name]) => asked.includes(name)));
    response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(found));
  });
}

describe("check of known vulnerabilities", () => {
  describe("asks npm, and npm its advisory service", function () {
    this.timeout(120_000);
    let folder: string;
    before(async () => {
      folder = await mkdtemp(join(tmpdir(), "easel-audit-"));
      const own = { name: "some-extension", version: "1.0.0" };
      const needs = { dependencies: { ships: "1.0.0" }, devDependencies: { helps: "1.0.0" } };
      const packages = {
        "": { ...own, ...needs },
        "node_modules/ships": { version: "1.0.0" },
        "node_modules/helps": { version: "1.0.0", dev: true },
      };
      await writeFile(join(folder, "package.json"), JSON.stringify({ ...own, ...needs }));
      await writeFile(
        join(folder, "package-lock.json"),
        JSON.stringify({ ...own, lockfileVersion: 3, requires: true, packages }),
      );
    });
    after(() => rm(folder, { recursive: true }));

    const advisory = { id: 1, url: "https://advisories.example/1", title: "Reads too much" };
    const rows = {
      "names what ships and is known to be bad": {
        ships: "<=1.0.0",
        found: ["ships has a known vulnerability (high): Reads too much https://advisories.example/1"],
      },
      "is quiet where a later version is meant": { ships: ">=2.0.0", found: [] },
      "is quiet about what helps only to build it": { helps: "<=1.0.0", found: [] },
    };
    for (const [what, { found, ...ranges }] of Object.entries(rows)) {
      it(what, async () => {
        const known = Object.entries(ranges).map(([name, range]) => [
          name,
          [{ ...advisory, severity: "high", vulnerable_versions: range }],
        ]);
        const server = await registry(Object.fromEntries(known));
        try {
          assert.deepEqual(await checkAudit({ folder, registry: server.url }), found);
          assert.ok(
            server.seen.some((call) => call.endsWith("/advisories/bulk")),
            "npm asked",
          );
        } finally {
          await server.close();
        }
      });
    }
  });

  it("names each package with its severity and the advisory, and those that only bring it along", () => {
    const via = [{ title: "Reads too much", url: "https://advisories.example/1" }];
    const vulnerabilities = {
      one: { name: "one", severity: "high", via },
      two: { name: "two", severity: "low", via: ["one"] },
    };
    assert.deepEqual(auditLines(JSON.stringify({ vulnerabilities })), [
      "one has a known vulnerability (high): Reads too much https://advisories.example/1",
      "two has a known vulnerability (low): one",
    ]);
  });

  it("is quiet where there is none", () =>
    assert.deepEqual(auditLines('{"auditReportVersion":2,"vulnerabilities":{}}'), []));

  it("knows nothing where the service could not be asked", () => {
    for (const answer of ["", "null", '{"message":"405 Method Not Allowed","statusCode":405}', "<html>"])
      assert.equal(auditLines(answer), undefined);
  });
});
