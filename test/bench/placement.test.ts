import { randomFillSync } from "node:crypto";
import { mkdir, mkdtemp, open, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as vscode from "vscode";
import { AnchorTracker } from "../../src/placement/anchor.ts";
import { applyPlan } from "../../src/placement/apply.ts";
import { plan } from "../../src/placement/plan.ts";
import { isProblem } from "../../src/placement/problems.ts";

const mib = 2 ** 20;
const rounds = 3;

/** Writes so many MiB of noise; milliseconds. */
async function write(path: string, size: number): Promise<number> {
  const block = randomFillSync(Buffer.alloc(mib));
  const start = performance.now();
  const file = await open(path, "w");
  for (let written = 0; written < size; written++) await file.write(block);
  await file.close();
  return performance.now() - start;
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

describe("bench: placement", () => {
  it("from confirmation to placed, against a bare write of the same size", async function () {
    this.timeout(120_000);
    const root = vscode.workspace.workspaceFolders?.[0]?.uri.fsPath ?? tmpdir();
    const staging = await mkdtemp(join(tmpdir(), "easel-bench-"));
    const anchors = new AnchorTracker({ onDidChange: () => {} });
    await mkdir(join(root, "bench"), { recursive: true });
    const document = await vscode.workspace.openTextDocument({ language: "markdown", content: "" });
    const editor = await vscode.window.showTextDocument(document);
    console.log("                 placed   bare write   ratio   (ms, median of 3)");
    try {
      for (const size of [1, 20, 200]) {
        const placed: number[] = [];
        const bare: number[] = [];
        for (let round = 0; round < rounds; round++) {
          bare.push(await write(join(staging, "bare.bin"), size));
          const path = join(staging, `clip-${size}-${round}.mp4`);
          await write(path, size);
          const made = await plan(
            {
              assets: [{ stagedUri: vscode.Uri.file(path), kind: "video", extension: "mp4" }],
              anchor: anchors.remember(editor).record,
              folder: vscode.Uri.file(join(root, "bench")),
              fileName: "clip",
              alt: "A clip",
              mode: "insert",
            },
            anchors,
          );
          if (isProblem(made)) throw new Error(made.code);
          const start = performance.now();
          const result = await applyPlan(made);
          if (!result.applied) throw new Error(result.code);
          placed.push(performance.now() - start);
        }
        const [ours, theirs] = [median(placed), median(bare)];
        console.log(
          `  ${String(size).padStart(5)} MiB${ours.toFixed(0).padStart(11)}${theirs.toFixed(0).padStart(13)}${(ours / theirs).toFixed(2).padStart(8)}`,
        );
      }
    } finally {
      anchors.dispose();
      await rm(staging, { recursive: true, force: true });
    }
  });
});
