import assert from "node:assert/strict";
import type { Metafile } from "esbuild";
import { budgetsOf, heavyIn, staticClosure } from "../../../scripts/checks/budgets.ts";

type Output = Metafile["outputs"][string];

const output = (bytes: number, imports: Output["imports"] = [], inputs: string[] = []): Output => ({
  bytes,
  imports,
  exports: [],
  inputs: Object.fromEntries(inputs.map((path) => [path, { bytesInOutput: 1 }])),
});
const now = "import-statement";
const later = "dynamic-import";

const outputs = {
  "dist/extension.js": output(10, [
    { path: "dist/chunks/a.js", kind: now },
    { path: "dist/chunks/lazy.js", kind: later },
    { path: "vscode", kind: now, external: true },
  ]),
  "dist/chunks/a.js": output(20, [{ path: "dist/chunks/b.js", kind: now }]),
  "dist/chunks/b.js": output(
    30 * 1024,
    [{ path: "dist/chunks/a.js", kind: now }],
    ["node_modules/zod/v4/a.js"],
  ),
  "dist/chunks/lazy.js": output(900, [], ["node_modules/undici/index.js"]),
  "dist/webview/review.js": output(7),
};

describe("budgets", () => {
  it("count what activation imports statically, however deep, and nothing lazy", () => {
    const [activation] = budgetsOf(outputs, 5);
    assert.equal(activation?.size, 10 + 20 + 30 * 1024);
    assert.ok(activation.size > activation.limit);
  });

  it("see a heavy package in it, but not in a lazy chunk", () => {
    assert.deepEqual(heavyIn(outputs, staticClosure(outputs, "dist/extension.js")), ["zod"]);
  });

  it("hold each webview and the package", () => {
    assert.deepEqual(
      budgetsOf(outputs, 5)
        .slice(1)
        .map(({ what, size }) => [what, size]),
      [
        ["dist/webview/review.js", 7],
        ["package", 5],
      ],
    );
  });

  it("do not pass a bundle without an entry", () => {
    assert.equal(budgetsOf({}, 5)[0]?.size, Number.POSITIVE_INFINITY);
  });
});
