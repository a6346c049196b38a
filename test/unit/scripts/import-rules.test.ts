import assert from "node:assert/strict";
import { breaches, rules } from "../../../scripts/checks/import-rules.ts";

/** One breach of each rule, in the order of the rules, and beside it what the same file may do. */
const samples: readonly { path: string; bad: string; good: string }[] = [
  { path: "src/jobs/a.ts", bad: 'import { Uri } from "vscode";', good: 'import "node:fs";' },
  { path: "src/net/a.ts", bad: 'import type { A } from "../ui/a.ts";', good: 'import "../model/a.ts";' },
  { path: "src/model/a.ts", bad: 'import { readFile } from "node:fs";', good: 'import { z } from "zod";' },
  { path: "src/vendors/kling/a.ts", bad: "await fetch(url);", good: "await context.fetch(url);" },
  { path: "src/jobs/a.ts", bad: 'const u = await import("undici");', good: 'import "eventsource-parser";' },
  {
    path: "src/webview/review/a.ts",
    bad: 'import { jobSchema } from "../../model/job.ts";',
    good: 'import { type Job } from "../../model/job.ts";\nimport { html } from "lit";',
  },
  { path: "src/ui/a.ts", bad: 'export * from "../webview/a.ts";', good: 'import { l10n } from "vscode";' },
  { path: "test/simulator/a.ts", bad: 'import "../../src/model/a.ts";', good: 'import "./clock.ts";' },
];

describe("import rules", () => {
  it("have a sample each", () => assert.equal(samples.length, rules.length));

  for (const [index, { path, bad, good }] of samples.entries()) {
    it(`${path} may not: ${bad}`, () => {
      assert.ok(breaches({ path, text: bad }).some((line) => line.endsWith(`(${rules[index]?.why})`)));
    });
    it(`${path} may: ${good.split("\n")[0]}`, () => assert.deepEqual(breaches({ path, text: good }), []));
  }

  it("see an import type and a computed import", () => {
    const typed = { path: "src/model/a.ts", text: 'type A = import("vscode").Uri;' };
    assert.match(breaches(typed).join("\n"), /imports vscode/);
    assert.match(breaches({ path: "src/model/a.ts", text: "await import(name);" }).join("\n"), /computed/);
  });

  it("do not take a comment or a string for an import", () => {
    const text = '// import "vscode"\nconst words = "import \\"vscode\\"";';
    assert.deepEqual(breaches({ path: "src/jobs/a.ts", text }), []);
  });
});
