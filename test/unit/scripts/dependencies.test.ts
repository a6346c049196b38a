import assert from "node:assert/strict";
import { bundledPackages, compareList } from "../../../scripts/checks/dependencies.ts";

describe("dependencies check", () => {
  const inputs = (bytes: Record<string, number>) =>
    Object.fromEntries(Object.entries(bytes).map(([path, bytesInOutput]) => [path, { bytesInOutput }]));
  const output = (bytes: Record<string, number>) => ({
    bytes: 0,
    imports: [],
    exports: [],
    inputs: inputs(bytes),
  });

  it("adds up what each package has in all outputs", () => {
    const found = bundledPackages({
      a: output({
        "src/a.ts": 5,
        "node_modules/zod/v4/core.js": 100,
        "node_modules/@lit/x/a.js": 7,
        "node_modules/none/a.js": 0,
      }),
      b: output({ "node_modules/zod/index.js": 50, "node_modules/a/node_modules/b/c.js": 3 }),
    });
    assert.deepEqual(
      [...found],
      [
        ["zod", 150],
        ["@lit/x", 7],
        ["b", 3],
      ],
    );
  });

  it("finds rows that are missing, too many, or wrong about the size", () => {
    const bundled = new Map([
      ["right", 100_000],
      ["grown", 100_000],
      ["new", 5_000],
    ]);
    const row = (name: string, size: number) => `| \`${name}\` | ${size} kB | why | else |`;
    const list = [row("right", 90), row("grown", 60), row("gone", 3), row("@vscode/codicons", 1)].join("\n");
    const found = compareList(list, bundled);
    assert.equal(found.length, 3);
    for (const name of ["grown", "new", "gone"])
      assert.ok(
        found.some((line) => line.includes(name)),
        name,
      );
  });
});
