import assert from "node:assert/strict";
import { extensions } from "vscode";

/** The extension host keeps its own list of marks, in whole milliseconds. */
interface Marks {
  MonacoPerformanceMarks?: { getMarks(): { name: string; startTime: number }[] };
}

/** Milliseconds between two marks that the extension host sets for an extension. */
function between(from: string, to: string, id: string): number {
  const marks = (globalThis as Marks).MonacoPerformanceMarks?.getMarks() ?? [];
  const at = (name: string) => marks.find((mark) => mark.name === `code/extHost/${name}/${id}`)?.startTime;
  const [start, end] = [at(from), at(to)];
  assert.ok(start !== undefined && end !== undefined, `${id} has no marks ${from} and ${to}`);
  return end - start;
}

describe("bench: activation", () => {
  it("against an empty extension in the same run", async () => {
    const ids = ["easel-bench.empty", "easel.easel"];
    for (const id of ["easel-bench.first", ...ids]) await extensions.getExtension(id)?.activate();
    console.log("                     load code   activate   (ms)");
    for (const id of ids) {
      const load = between("willLoadExtensionCode", "didLoadExtensionCode", id);
      const activate = between("willActivateExtension", "didActivateExtension", id);
      console.log(`  ${id.padEnd(18)}${load.toFixed(0).padStart(10)}${activate.toFixed(0).padStart(11)}`);
    }
  });
});
