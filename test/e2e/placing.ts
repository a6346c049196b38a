import assert from "node:assert/strict";
import type { Easel } from "./easel.ts";

/** At the end of the README: asks a vendor for a picture, up to the step that sends. */
export async function askInReadme(easel: Easel, prompt: string, vendor: string): Promise<void> {
  const { workbench } = easel;
  await workbench.openFile("README.md");
  await workbench.page.keyboard.press("ControlOrMeta+End");
  await workbench.runCommand("Easel: Generate Image");
  await easel.prompt(prompt);
  await easel.choose("Vendor", vendor);
}

/** Once the sheet shows a result: inserts it with Enter, and waits for its line in the text. Gives the line, which must match. */
export async function insertReviewed(easel: Easel, expected: RegExp): Promise<string> {
  const review = await easel.review();
  const line = await review.line();
  assert.match(line, expected);
  await review.focused();
  await review.press("Enter");
  await easel.workbench.editorTextWith(line);
  await review.closed();
  return line;
}
